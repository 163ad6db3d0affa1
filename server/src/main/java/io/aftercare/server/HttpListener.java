package io.aftercare.server;

import io.aftercare.fleet.http.HttpApi;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.util.concurrent.CompletionException;

/// The HTTP port.
final class HttpListener implements AutoCloseable {
    private static final int IDLE_SECONDS_MAX = 120;

    private final HttpServer server;
    private final HttpApi api;

    private HttpListener(HttpServer server, HttpApi api) {
        this.server = server;
        this.api = api;
    }

    static HttpListener open(Vertx vertx, HttpApi api, Config config) {
        HttpServer server = vertx.createHttpServer(new HttpServerOptions().setHost(config.bind())
                .setPort(config.httpPort()).setCompressionSupported(false).setIdleTimeout(IDLE_SECONDS_MAX))
                .requestHandler(api.router());
        try {
            server.listen().toCompletionStage().toCompletableFuture().join();
            return new HttpListener(server, api);
        } catch (CompletionException e) {
            throw Ports.refused(Setting.HTTP_PORT, config.httpPort(), config.bind(), e);
        }
    }

    int port() {
        return server.actualPort();
    }

    @Override
    public void close() {
        server.shutdown().toCompletionStage().toCompletableFuture().join();
        api.close();
    }
}
