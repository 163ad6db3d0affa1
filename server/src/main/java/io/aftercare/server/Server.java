package io.aftercare.server;

/// The composition root.
public final class Server implements AutoCloseable {
    private Server() {}

    public static Server start(Config config) {
        try (DataDirectory directory = DataDirectory.open(config.dataDirectory())) {
            throw new StartupException(directory.path() + ": not wired yet");
        }
    }

    String welcome() {
        return "";
    }

    @Override
    public void close() {}
}
