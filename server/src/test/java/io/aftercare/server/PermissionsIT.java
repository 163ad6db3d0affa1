package io.aftercare.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.http.HttpApi;
import io.aftercare.fleet.http.Idempotency;
import io.aftercare.fleet.http.OpenApiDocument;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Response;
import io.aftercare.fleet.people.Principal;
import io.aftercare.fleet.people.Role;
import io.aftercare.fleet.postgres.Database;
import io.aftercare.fleet.postgres.TestDatabase;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Who may do what: every operation asked by every role, through the gate that stands before the real ones. The page
/// `docs/permissions.md` shows the same table to people, and is held to it.
class PermissionsIT {
    private static final Set<String> METHODS = Set.of("get", "head", "put", "post", "patch", "delete");

    /// @param roles whose members may call it besides admins; null where anybody may
    private record Operation(String id, String method, String path, Set<Role> roles, boolean isOpen) {}

    @Test
    @Tag("R70")
    void everyOperationIsOpenToItsRolesAndToNoOther() throws Exception {
        List<Operation> all = operations();
        Vertx vertx = Vertx.vertx();
        List<String> wrong = new ArrayList<>();
        try (Database database = TestDatabase.create(); HttpClient client = HttpClient.newHttpClient()) {
            Operations bound = new Operations();
            all.forEach(operation -> bound.on(operation.id(), _ -> Response.noContent()));
            try (HttpApi api = new HttpApi(vertx, StaffApi.document(), bound,
                    shown -> principal(shown.headers().get("X-Role")), new Idempotency(database))) {
                HttpServer server = await(
                        vertx.createHttpServer().requestHandler(api.router()).listen(0, "127.0.0.1"));
                String base = "http://127.0.0.1:" + server.actualPort();
                for (Operation operation : all) {
                    for (Role role : Role.values()) {
                        boolean let = isLet(client, base, operation, role.text());
                        if (let != mayCall(operation, role)) {
                            wrong.add(operation.id() + (let ? " lets in " : " keeps out ") + role.text());
                        }
                    }
                    if (isLet(client, base, operation, "") != operation.isOpen()) {
                        wrong.add(operation.id() + " without a login");
                    }
                }
                await(server.close());
            }
        } finally {
            await(vertx.close());
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void thePageOfPermissionsSaysWhatTheDocumentSays() throws IOException {
        String table = table(operations());
        Path page = Path.of("..", "docs", "permissions.md");
        Files.writeString(Path.of("target", "permissions.md"), table);
        assertThat(Files.readString(page))
                .as("docs/permissions.md; the build wrote what it should be to server/target/permissions.md")
                .isEqualTo(table);
    }

    private static boolean mayCall(Operation operation, Role role) {
        return operation.isOpen() || role == Role.ADMIN || operation.roles().contains(role);
    }

    private static boolean isLet(HttpClient client, String base, Operation operation, String role)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest
                .newBuilder(URI.create(base + operation.path().replaceAll("\\{[^}]+}", "1")))
                .method(operation.method().toUpperCase(Locale.ROOT),
                        HttpRequest.BodyPublishers.noBody())
                .header("X-Role", role.isEmpty() ? "nobody" : role).build();
        int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        return status != 401 && status != 403;
    }

    private static Principal principal(@Nullable String role) {
        return Optional.ofNullable(role).flatMap(Role::parse)
                .map(known -> new Principal("somebody", Set.of(known), "", "north"))
                .orElse(Principal.NOBODY);
    }

    private static List<Operation> operations() {
        List<Operation> all = new ArrayList<>();
        OpenApiDocument document = StaffApi.document();
        for (Map.Entry<String, JsonNode> path : document.tree().path("paths").properties()) {
            for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
                if (METHODS.contains(method.getKey())) {
                    JsonNode operation = method.getValue();
                    Set<Role> roles = EnumSet.noneOf(Role.class);
                    operation.path("x-roles")
                            .forEach(role -> roles.add(Role.parse(role.asText()).orElseThrow()));
                    all.add(new Operation(operation.path("operationId").asText(), method.getKey(),
                            path.getKey(), roles, operation.path("x-access").asText().equals("open")));
                }
            }
        }
        assertThat(all).hasSizeGreaterThan(100);
        return all;
    }

    private static String table(List<Operation> all) {
        String roles = EnumSet.complementOf(EnumSet.of(Role.ADMIN)).stream().map(Role::text)
                .collect(Collectors.joining(" | "));
        StringBuilder page = new StringBuilder(
                """
                        # Who may do what

                        Every operation of the staff's interface and the roles that may call it. An admin may call all of them. Made from the OpenAPI document, and
                        held to it by the build. What somebody sees is narrowed further: partners see their outlets' devices and cases alone.

                        """);
        page.append("| operation | ").append(roles).append(" |\n|").append(" --- |".repeat(9)).append('\n');
        for (String line : new TreeSet<>(all.stream().filter(operation -> !operation.isOpen())
                .map(PermissionsIT::line).toList())) {
            page.append(line);
        }
        page.append(
                "\nWithout a login, some with a proof of their own (a device's token, a customer's link): ")
                .append(all.stream().filter(Operation::isOpen)
                        .map(operation -> "`" + operation.method().toUpperCase(Locale.ROOT) + " "
                                + operation.path() + "`")
                        .sorted().collect(Collectors.joining(", ")))
                .append(".\n");
        return page.toString();
    }

    private static String line(Operation operation) {
        StringBuilder line = new StringBuilder("| `")
                .append(operation.path().replace("/api/v1", ""))
                .append("` ").append(operation.method()).append(" |");
        for (Role role : EnumSet.complementOf(EnumSet.of(Role.ADMIN))) {
            line.append(operation.roles().contains(role) ? " × |" : "  |");
        }
        return line.append('\n').toString();
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }
}
