package io.aftercare.server.console;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.util.function.Consumer;

/// Serves the console alone, with the few answers of the API that a test gives it, on a free port of loopback.
record ConsoleServer(Vertx vertx, HttpServer server) implements AutoCloseable {
    static ConsoleServer start(Consumer<Router> answers) {
        Vertx vertx = Vertx.vertx();
        Router router = Router.router(vertx);
        answers.accept(router);
        new ConsoleAssets().mount(router);
        return new ConsoleServer(vertx,
                vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1").await());
    }

    String address() {
        return "http://127.0.0.1:" + server.actualPort();
    }

    @Override
    public void close() {
        vertx.close().await();
    }
}
