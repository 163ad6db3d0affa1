package io.aftercare.benchmarks.peer;

import io.aftercare.benchmarks.machine.Await;
import io.aftercare.benchmarks.machine.ChildProcess;
import io.aftercare.benchmarks.machine.Machine;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Debian's nginx on loopback, as its manual says for large files: a worker for each core, sent by the kernel, no log.
public final class Nginx implements AutoCloseable {
    private static final Duration START_MAX = Duration.ofSeconds(10);

    private final ChildProcess process;
    private final int port;

    private Nginx(ChildProcess process, int port) {
        this.process = process;
        this.port = port;
    }

    /// Whether it is installed here.
    public static Optional<Path> program() {
        Stream<String> folders = Stream.concat(Stream.of("/usr/sbin", "/usr/local/sbin", "/opt/homebrew/bin"),
                Stream.of(System.getenv().getOrDefault("PATH", "").split(":")));
        return folders.map(folder -> Path.of(folder, "nginx")).filter(Files::isExecutable).findFirst();
    }

    /// Serves the files of `root` on a free port.
    ///
    /// @param folder for its configuration and its log
    public static Nginx start(Path program, Path folder, Path root) throws IOException, InterruptedException {
        int port = Machine.freePort();
        Path configuration = folder.resolve("nginx.conf");
        Files.writeString(configuration, """
                daemon off;
                user root;
                worker_processes auto;
                pid %1$s/nginx.pid;
                error_log %1$s/nginx-error.log;
                events { worker_connections 1024; }
                http {
                    access_log off;
                    sendfile on;
                    tcp_nopush on;
                    client_body_temp_path %1$s/nginx-body;
                    proxy_temp_path %1$s/nginx-proxy;
                    fastcgi_temp_path %1$s/nginx-fastcgi;
                    uwsgi_temp_path %1$s/nginx-uwsgi;
                    scgi_temp_path %1$s/nginx-scgi;
                    server { listen 127.0.0.1:%2$d; root %3$s; }
                }
                """.formatted(folder, port, root));
        ChildProcess process = ChildProcess.start("nginx",
                List.of(program.toString(), "-p", folder.toString(), "-c", configuration.toString()),
                Map.of(),
                folder.resolve("nginx.log"));
        Nginx nginx = new Nginx(process, port);
        try {
            Await.until("nginx", START_MAX, Duration.ofMillis(20), nginx::answers);
            return nginx;
        } catch (IOException | InterruptedException e) {
            process.close();
            throw e;
        }
    }

    private boolean answers() throws IOException {
        process.requireAlive();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (ConnectException e) {
            return false;
        }
    }

    public int port() {
        return port;
    }

    @Override
    public void close() {
        process.close();
    }
}
