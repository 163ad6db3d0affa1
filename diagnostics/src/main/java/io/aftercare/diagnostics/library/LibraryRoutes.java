package io.aftercare.diagnostics.library;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.diagnostics.library.Library.Entry;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import io.aftercare.fleet.people.Principal;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;

/// The library by HTTP: what there is, and putting it in force in one step.
public final class LibraryRoutes {
    private final Supplier<Library> library;
    private final Installer installer;

    /// Puts rules in force.
    public interface Installer {
        /// Rules of which no version is in force are put in force together; the others are left as they are.
        ///
        /// @return the ids of those that came into force
        List<String> install(Principal author, List<Entry> entries);
    }

    /// @param library read when it is first asked for
    public LibraryRoutes(Supplier<Library> library, Installer installer) {
        this.library = library;
        this.installer = installer;
    }

    public void bind(Operations operations) {
        operations.on("listRuleLibrary", this::list).on("installRuleLibrary", this::install);
    }

    private Response list(Request request) {
        ArrayNode items = Json.array();
        List<String> models = request.query("model").map(List::of).orElse(List.of());
        library.get().of(models).forEach(entry -> items.add(shown(entry)));
        return Response.ok(Json.object().set("items", items));
    }

    private static ObjectNode shown(Entry entry) {
        ObjectNode shown = Json.object().put("id", entry.rule().id()).put("title", entry.rule().title())
                .put("code", entry.rule().fault().code())
                .put("severity", entry.rule().fault().severity().text())
                .put("when", entry.rule().when().text()).put("source", entry.source());
        shown.set("models", Json.tree(entry.rule().appliesTo().models()));
        shown.set("titles", Json.tree(entry.rule().titles()));
        return shown;
    }

    private Response install(Request request) {
        JsonNode body = request.json();
        List<String> ids = texts(body.path("ids"));
        List<String> models = texts(body.path("models"));
        if (ids.isEmpty() == models.isEmpty()) {
            throw Problem.invalid("ids", "name either ids or models");
        }
        List<Entry> wanted = ids.isEmpty()
                ? library.get().of(models)
                : ids.stream().map(id -> library.get().find(id)
                        .orElseThrow(() -> Problem.notFound("rule in the library", id))).toList();
        List<String> installed = installer.install(request.principal(), wanted);
        ObjectNode answer = Json.object();
        answer.set("installed", Json.tree(installed));
        answer.set("kept", Json.tree(wanted.stream().map(entry -> entry.rule().id())
                .filter(id -> !installed.contains(id)).toList()));
        return Response.ok(answer);
    }

    private static List<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText).distinct().toList();
    }
}
