package io.aftercare.diagnostics.rulebook;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Page;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// Rules by HTTP: YAML or JSON in, and out as it is asked for.
public final class RuleRoutes {
    private static final Duration LATELY = Duration.ofDays(30);
    private final Rules rules;
    private final RuleView view;
    private final InstantSource clock;

    RuleRoutes(Rules rules, RuleView view, InstantSource clock) {
        this.rules = rules;
        this.view = view;
        this.clock = clock;
    }

    void bind(Operations operations) {
        operations.on("putRule", this::put).on("getRule", this::get).on("deleteRule", this::delete)
                .on("listRules", this::list).on("listRuleVersions", this::versions)
                .on("checkRule", this::check);
    }

    private Response put(Request request) {
        Rules.Saved saved = rules.put(request.principal(), request.path("id"), text(request),
                request.query("activate").map(Boolean::parseBoolean).orElse(true), ifMatch(request));
        Map<String, String> headers = new HashMap<>(Map.of("ETag", RuleView.etag(saved.rule())));
        if (saved.created()) {
            headers.put("Location", "/api/v1/rules/" + saved.rule().id());
        }
        return new Response(saved.created() ? 201 : 200, view.document(saved.rule()), headers);
    }

    private Response check(Request request) {
        return Response.ok(rules.check(text(request)));
    }

    private static String text(Request request) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(request.body())).toString();
        } catch (CharacterCodingException e) {
            throw Problem.badRequest("The body is not UTF-8 text");
        }
    }

    private Response get(Request request) {
        Rules.Stored stored = rules.find(request.path("id"))
                .orElseThrow(() -> Problem.notFound("rule", request.path("id")));
        if (request.header("Accept").orElse("").contains("yaml")) {
            return new Response(200, Buffer.buffer(stored.source()),
                    Map.of("ETag", RuleView.etag(stored), "Content-Type", "application/yaml"));
        }
        return view.answer(stored);
    }

    private Response delete(Request request) {
        rules.delete(request.principal(), request.path("id"), ifMatch(request));
        return Response.noContent();
    }

    private Response list(Request request) {
        String cursor = request.cursor();
        List<Rules.Stored> listed = rules.list(cursor == null ? "" : cursor, request.limit() + 1,
                request.query("all").map(Boolean::parseBoolean).orElse(false));
        Map<String, Rules.Found> found = rules.found(listed.stream().map(Rules.Stored::id).toList(),
                clock.instant().minus(LATELY));
        List<ObjectNode> rows = listed.stream()
                .map(rule -> view.summary(rule, found.getOrDefault(rule.id(), Rules.Found.NOTHING))).toList();
        return Response.ok(Page.of(rows, request.limit(), row -> row.path("id").asText()));
    }

    private Response versions(Request request) {
        Optional<Long> cursor = request.cursorNumber();
        List<Rules.Version> found = rules.versions(request.path("id"), cursor.orElse(Long.MAX_VALUE),
                request.limit() + 1);
        if (found.isEmpty() && cursor.isEmpty()) {
            throw Problem.notFound("rule", request.path("id"));
        }
        return Response.ok(Page.of(found, request.limit(), row -> Integer.toString(row.version())));
    }

    static OptionalInt ifMatch(Request request) {
        String value = request.headers().get("If-Match");
        return value == null || value.equals("*") ? OptionalInt.empty() : OptionalInt.of(request.ifMatch());
    }
}
