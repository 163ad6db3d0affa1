package io.aftercare.fleet.device;

import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.people.Principal;
import io.aftercare.fleet.people.Role;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/// Which devices somebody wants to see, and may: `model`, `firmware`, `region`, `outlet`, `state` and `gateway` as they are, `fault`
/// a code, `q` a part of the id or of the customer, `tag` a tag's name, or its name and value with a colon between.
///
/// @param own the one outlet whose devices are seen, empty for all
record DeviceFilter(Map<String, String> exact, Optional<Set<String>> ids, Optional<DeviceText> text,
        Optional<Tag> tag, Optional<String> own) {
    private static final List<String> EXACT = List.of("model", "firmware", "region", "outlet", "state",
            "gateway");

    /// @param value null for any
    record Tag(String name, @Nullable String value) {
        static Tag of(String text) {
            int colon = text.indexOf(':');
            return colon < 0
                    ? new Tag(text, null)
                    : new Tag(text.substring(0, colon), text.substring(colon + 1));
        }
    }

    static DeviceFilter of(Request request, FaultyDevices faulty) {
        Map<String, String> exact = new LinkedHashMap<>();
        EXACT.forEach(name -> request.query(name).ifPresent(value -> exact.put(name, value)));
        Optional<Set<String>> ids = request.query("fault")
                .map(code -> faulty.having(code).stream().map(DeviceId::value).collect(Collectors.toSet()));
        return new DeviceFilter(exact, ids, request.query("q").map(DeviceText::of),
                request.query("tag").map(Tag::of), own(request.principal()));
    }

    private static Optional<String> own(Principal reader) {
        return reader.has(Role.PARTNER) ? Optional.of(reader.outlet()) : Optional.empty();
    }

    /// Those that this reader may see and that have the text.
    static DeviceFilter of(Principal reader, String text) {
        return new DeviceFilter(Map.of(), Optional.empty(), Optional.of(DeviceText.of(text)),
                Optional.empty(),
                own(reader));
    }

    /// Conditions on columns of `fleet.device`; each begins with ` AND `.
    String conditions() {
        StringBuilder sql = new StringBuilder();
        exact.keySet().forEach(name -> sql.append(" AND ").append(name).append(" = :").append(name));
        ids.ifPresent(_ -> sql.append(" AND id = ANY(:ids)"));
        text.ifPresent(words -> sql.append(words.conditions()));
        // Most devices have none: those alone that have are in the index.
        tag.ifPresent(wanted -> sql.append(" AND tags <> '{}' AND tags ")
                .append(wanted.value() == null ? "?? :tag" : "@> jsonb_build_object(:tag, :value)"));
        own.ifPresent(_ -> sql.append(" AND outlet = :own AND outlet <> ''"));
        return sql.toString();
    }

    /// Before the query, in its transaction: the text decides which index finds it, so there is no plan for all texts.
    void prepare(Handle handle) {
        if (text.isPresent()) {
            handle.execute("SET LOCAL plan_cache_mode = force_custom_plan");
        }
    }

    Query bind(Query query) {
        exact.forEach(query::bind);
        ids.ifPresent(list -> query.bindArray("ids", String.class, list.toArray()));
        text.ifPresent(words -> words.bind(query));
        tag.ifPresent(wanted -> {
            query.bind("tag", wanted.name());
            if (wanted.value() != null) {
                query.bind("value", wanted.value());
            }
        });
        own.ifPresent(outlet -> query.bind("own", outlet));
        return query;
    }

    /// The same asked of a device in memory.
    boolean matches(Device device) {
        return exact.entrySet().stream()
                .allMatch(want -> property(device, want.getKey()).equals(want.getValue()))
                && ids.map(list -> list.contains(device.id().value())).orElse(true)
                && text.map(words -> words.matches(device)).orElse(true)
                && tag.map(wanted -> wanted.value() == null
                        ? device.tags().containsKey(wanted.name())
                        : wanted.value().equals(device.tags().get(wanted.name()))).orElse(true)
                && own.map(outlet -> !outlet.isEmpty() && outlet.equals(device.outlet())).orElse(true);
    }

    /// A property of a device by the name of its column.
    static String property(Device device, String name) {
        return switch (name) {
            case "model" -> device.model();
            case "firmware" -> device.firmware();
            case "region" -> device.region();
            case "outlet" -> device.outlet();
            case "state" -> device.state();
            case "gateway" -> device.gateway();
            default -> throw new IllegalArgumentException(name);
        };
    }
}
