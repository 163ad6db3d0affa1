package io.aftercare.server;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `serve`: the backend, until SIGTERM or Ctrl-C; then it drains and ends with 0.
@Command(name = "serve", mixinStandardHelpOptions = true, versionProvider = Main.Version.class, description = "Runs the backend until SIGTERM or Ctrl-C.")
final class ServeCommand implements Callable<Integer> {
    @Option(names = "--config", paramLabel = "FILE", description = "YAML file with settings; the environment wins")
    private @Nullable Path file;

    @Override
    public Integer call() throws Exception {
        Settings settings = Settings.read(System.getenv(), file);
        Config config = Config.from(settings);
        if (settings.text(Setting.LOG_FORMAT).equals("json")) {
            System.setProperty("logback.configurationFile", "logback-json.xml");
        }
        Server server = Server.start(config);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            server.close();
            // Not the 143 of a signal: being told to stop and stopping well is success.
            Runtime.getRuntime().halt(0);
        }, "stop"));
        System.out.println(server.welcome());
        new CountDownLatch(1).await();
        return 0;
    }
}
