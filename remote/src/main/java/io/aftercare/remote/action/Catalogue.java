package io.aftercare.remote.action;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Problem;
import io.aftercare.remote.Surroundings.Purpose;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Handle;

/// What products' documents allow: their `actions`, with class, the schema of their parameters and their time. A document is
/// read once for each of its versions. Thread-safe.
final class Catalogue {
    private static final int TIMEOUT_SECONDS = 60;
    private static final int TIMEOUT_SECONDS_MAX = 604_800;
    /// What takes data off a device, where the document does not say what an action is for.
    static final Set<String> DATA = Set.of("get_logs", "get_crash", "logs", "crash_dump",
            "crash_dumps");

    /// Opens a remote shell, on a product whose document says `"shell": true`.
    private static final Known SHELL = known(Json
            .parse("""
                    {"name":"shell","class":"D","purpose":"shell","consent":true,"timeoutSeconds":60,"params":{"type":"object",
                    "required":["session","seconds","columns","rows"],"additionalProperties":false,"properties":{
                    "session":{"type":"string","pattern":"^[a-z0-9]{1,40}$"},"seconds":{"type":"integer","minimum":1,"maximum":1800},
                    "columns":{"type":"integer","minimum":1,"maximum":500},"rows":{"type":"integer","minimum":1,"maximum":500}}}}"""));

    private final Map<String, Read> read = new ConcurrentHashMap<>();

    private record Read(int version, Map<String, Known> actions) {}

    /// An action that a product knows.
    ///
    /// @param schema       of the parameters, as the document has it; missing for one that takes none
    /// @param needsConsent whether nobody may ask for it whom the customer did not allow to
    /// @param purpose      what the customer is asked to allow
    record Known(String name, ActionClass actionClass, JsonNode schema, Params params, int timeoutSeconds,
            boolean needsConsent, Purpose purpose) {}

    /// The action of this name; a [Problem] where the product has none.
    Known find(Handle handle, String model, String name) {
        Map<String, Known> actions = of(handle, model);
        Known known = actions.get(name);
        if (known == null) {
            throw Problem.invalid("action", "the product " + model + " has no action " + name
                    + (actions.isEmpty()
                            ? "; its document lists none"
                            : "; it has " + String.join(", ", actions.keySet())));
        }
        return known;
    }

    /// All that the product knows, in the document's order.
    List<Known> all(Handle handle, String model) {
        return List.copyOf(of(handle, model).values());
    }

    private Map<String, Known> of(Handle handle, String model) {
        int version = handle.createQuery("SELECT version FROM fleet.product WHERE model = :model")
                .bind("model", model).mapTo(Integer.class).one();
        Read before = read.get(model);
        if (before != null && before.version() == version) {
            return before.actions();
        }
        Read fresh = handle.createQuery("SELECT version, document FROM fleet.product WHERE model = :model")
                .bind("model", model)
                .map((row, _) -> new Read(row.getInt(1), actions(Json.parse(row.getString(2))))).one();
        Read kept = read.merge(model, fresh, (one, other) -> one.version() > other.version() ? one : other);
        return Objects.requireNonNull(kept).actions();
    }

    private static Map<String, Known> actions(JsonNode document) {
        Map<String, Known> actions = new LinkedHashMap<>();
        for (JsonNode action : document.path("actions")) {
            actions.putIfAbsent(action.path("name").asText(), known(action));
        }
        // Nobody makes a shell less dangerous by describing it.
        actions.remove(SHELL.name());
        if (document.path(SHELL.name()).asBoolean(false)) {
            actions.put(SHELL.name(), SHELL);
        }
        return actions;
    }

    static Known known(JsonNode action) {
        // What does not say how dangerous it is, is taken as dangerous.
        ActionClass actionClass = switch (action.path("class").asText()) {
            case "A" -> ActionClass.A;
            case "B" -> ActionClass.B;
            case "C" -> ActionClass.C;
            default -> ActionClass.D;
        };
        String name = action.path("name").asText();
        int timeout = Math.clamp(action.path("timeoutSeconds").asInt(TIMEOUT_SECONDS), 1,
                TIMEOUT_SECONDS_MAX);
        return new Known(name, actionClass, action.path("params"), Params.of(name, action.path("params")),
                timeout, action.path("consent").asBoolean(false), purpose(name, action));
    }

    private static Purpose purpose(String name, JsonNode action) {
        return switch (action.path("purpose").asText()) {
            case "action" -> Purpose.ACTION;
            case "data" -> Purpose.DATA;
            case "shell" -> Purpose.SHELL;
            default -> name.equals("shell")
                    ? Purpose.SHELL
                    : DATA.contains(name) ? Purpose.DATA : Purpose.ACTION;
        };
    }
}
