package io.aftercare.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The way in, in a real browser, against an API that knows one password and has no tickets.
class LoginIT {
    @TempDir
    Path profile;

    @Test
    void aWrongPasswordIsToldAndTheRightOneOpensAnEmptyQueue() throws Exception {
        try (ConsoleServer server = ConsoleServer.start(LoginIT::answers);
                Browser browser = Browser.start(profile)) {
            browser.open(server.address() + "/");
            browser.type("input[name=username]", "admin");
            browser.type("input[name=password]", "wrong");
            browser.click("form button.primary");
            browser.awaitText("That user name and password do not match");
            assertThat(browser.value("document.querySelector('input[name=username]').value").asText())
                    .isEqualTo("admin");
            browser.fill("input[name=password]", "right");
            browser.click("form button.primary");
            browser.awaitText("No open tickets");
            assertThat(browser.value("document.cookie").asText()).doesNotContain("aftercare");
            assertThat(browser.complaints()).allMatch(one -> one.contains("401"), "only refused logins");
        }
    }

    private static void answers(Router router) {
        router.get("/api/v1/session").handler(context -> problem(context, 401, "Sign in first"));
        router.post("/api/v1/session").handler(BodyHandler.create(false)).handler(context -> {
            if (!String.valueOf(context.body().asString()).contains("\"right\"")) {
                problem(context, 401, "User name or password is wrong");
                return;
            }
            context.response().putHeader("Set-Cookie",
                    "aftercare_session=s; HttpOnly; SameSite=Strict; Path=/");
            context.json(new JsonObject().put("csrf", "c").put("user",
                    new JsonObject().put("username", "admin").put("roles", new JsonArray().add("admin"))));
        });
        router.get("/api/v1/tickets")
                .handler(context -> context.json(new JsonObject().put("items", new JsonArray())));
        router.get("/api/v1/events").handler(context -> context.response().setChunked(true)
                .putHeader("Content-Type", "text/event-stream").write("event: ping\ndata: {}\n\n"));
    }

    private static void problem(RoutingContext context, int status, String detail) {
        context.response().setStatusCode(status).putHeader("Content-Type", "application/problem+json")
                .end(new JsonObject().put("status", status).put("detail", detail).encode());
    }
}
