package io.aftercare.server.console;

import io.aftercare.fleet.TemporaryFolder;
import io.aftercare.server.process.BackendProcess;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.util.Map;

/// The backend that the tests of the console use: one of their own, or with `-Dconsole.url`, `-Dconsole.mqtt` and
/// `-Dconsole.password` (of the admin) one that runs already and stays when they end.
///
/// @param empty whether nobody has worked there
record Place(URI http, int mqttPort, String password, boolean empty, Closeable ending) implements Closeable {
    static Place find() throws IOException, InterruptedException {
        String url = System.getProperty("console.url", "");
        if (!url.isEmpty()) {
            return new Place(URI.create(url), Integer.getInteger("console.mqtt", 1883),
                    System.getProperty("console.password", BackendProcess.ADMIN_PASSWORD), false,
                    () -> {
                    });
        }
        return own();
    }

    /// One that is the caller's alone.
    static Place own() throws IOException, InterruptedException {
        TemporaryFolder folder = TemporaryFolder.named("aftercare-console");
        BackendProcess backend = BackendProcess.start(folder.path().resolve("data"),
                Map.of("AFTERCARE_SMTP_URL", "smtp://127.0.0.1:1", "AFTERCARE_REMOTE_SHELL", "on"));
        return new Place(backend.http(), backend.mqttPort(), BackendProcess.ADMIN_PASSWORD, true, () -> {
            backend.close();
            folder.close();
        });
    }

    @Override
    public void close() throws IOException {
        ending.close();
    }
}
