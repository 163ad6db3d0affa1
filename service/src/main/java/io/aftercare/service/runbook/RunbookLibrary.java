package io.aftercare.service.runbook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.audit.Audit;
import io.aftercare.fleet.files.ClassPathFiles;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import io.aftercare.service.DeskGround;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// The ready runbooks of `docs/runbooks`, as they come with the program, and putting them in force. They are written by nobody
/// here, so whoever installs them is the second person.
final class RunbookLibrary {
    private static final String FOLDER = "runbook-library";
    private static final String AUTHOR = "library";
    private static final Duration REVISE_AFTER = Duration.ofDays(365);

    private final DeskGround ground;

    RunbookLibrary(DeskGround ground) {
        this.ground = ground;
    }

    /// A ready runbook.
    ///
    /// @param file its name without the ending
    record Entry(String file, String name, JsonNode about, JsonNode steps, Procedure procedure,
            String source) {
        boolean isFor(String model) {
            return procedure.about().models().isEmpty() || procedure.about().models().contains(model);
        }
    }

    /// By file name.
    static List<Entry> read() {
        List<Entry> entries = new ArrayList<>();
        ClassPathFiles.below(FOLDER).forEach((file, bytes) -> {
            JsonNode document = RunbookYaml.read(bytes);
            JsonNode about = document.path("about").isObject() ? document.get("about") : Json.object();
            entries.add(new Entry(file.replaceFirst("\\.yaml$", ""), document.path("name").asText(), about,
                    document.get("steps"), ProcedureReader.read(about, document.get("steps")),
                    new String(bytes, StandardCharsets.UTF_8)));
        });
        return entries;
    }

    void bind(Operations operations) {
        operations.on("listRunbookLibrary", this::list).on("installRunbookLibrary", this::install);
    }

    private Response list(Request request) {
        ArrayNode items = Json.array();
        String model = request.query("model").orElse("");
        read().stream().filter(entry -> model.isEmpty() || entry.isFor(model)).forEach(entry -> {
            ObjectNode shown = Json.object().put("id", entry.file()).put("name", entry.name())
                    .put("source", entry.source());
            shown.set("about", entry.about());
            items.add(shown);
        });
        return Response.ok(Json.object().set("items", items));
    }

    private Response install(Request request) {
        List<String> wanted = new ArrayList<>();
        request.json().path("ids").forEach(id -> wanted.add(id.asText()));
        List<Entry> library = read();
        List<Entry> chosen = wanted.stream().distinct().map(id -> library.stream()
                .filter(entry -> entry.file().equals(id)).findFirst()
                .orElseThrow(() -> Problem.notFound("runbook in the library", id))).toList();
        return ground.database().inTransaction(handle -> {
            ArrayNode installed = Json.array();
            ArrayNode kept = Json.array();
            chosen.forEach(entry -> (install(handle, request, entry) ? installed : kept).add(entry.file()));
            ObjectNode answer = Json.object();
            answer.set("installed", installed);
            answer.set("kept", kept);
            return Response.ok(answer);
        });
    }

    // one of that name is left as it is
    private boolean install(Handle handle, Request request, Entry entry) {
        var id = RunbookStore.insert(handle, entry.name(), ground.now().plus(REVISE_AFTER));
        id.ifPresent(number -> {
            RunbookStore.addEdition(handle, number, 1, entry.about(), entry.steps(), AUTHOR, ground.now());
            RunbookStore.approve(handle, number, 1, request.principal().name(), ground.now());
            Audit.append(handle, new Audit.Entry(request.principal(), "runbook.install", "runbook/" + number,
                    Json.object().put("name", entry.name()).put("library", entry.file()), request.address()));
        });
        return id.isPresent();
    }
}
