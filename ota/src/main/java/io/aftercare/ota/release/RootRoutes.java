package io.aftercare.ota.release;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.device.Devices;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Page;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Root documents and the server's assignment keys, of the staff's API; and the roots for devices.
public final class RootRoutes {
    private final Roots roots;
    private final AssignmentKeys assignmentKeys;
    private final Devices devices;

    /// A root as the staff's API shows it.
    ///
    /// @param keys     key id to SHA-256 of the SPKI form
    /// @param envelope only where one root is asked for
    record View(long version, Instant issued, Instant expires, Map<String, String> keys,
            Map<String, Root.Role> roles, Map<String, Long> counterReset, String addedBy, Instant addedAt,
            @Nullable JsonNode envelope) {}

    /// @param signs whether offers are signed with it now; a successor waits for a root that names it
    record KeyView(String name, String publicKey, String fingerprint, boolean signs) {}

    public RootRoutes(Roots roots, AssignmentKeys assignmentKeys, Devices devices) {
        this.roots = roots;
        this.assignmentKeys = assignmentKeys;
        this.devices = devices;
    }

    public void bind(Operations operations) {
        operations.on("addRoot", this::add).on("listRoots", this::list)
                .on("getRoot", request -> Response.ok(view(find(request), true)))
                .on("getDeviceRoot", this::forDevice).on("listAssignmentKeys", _ -> keys())
                .on("makeAssignmentKey", this::make);
    }

    private Response add(Request request) {
        if (request.body().length > Root.BYTES_MAX) {
            throw Problem.of(413, "Root too large",
                    "A root's envelope has at most " + Root.BYTES_MAX + " bytes");
        }
        try {
            Roots.Stored stored = roots.add(request.principal(), request.body());
            return Response.created("/api/v1/roots/" + stored.root().version(), view(stored, true));
        } catch (Refused refused) {
            throw refused.problem("Root");
        }
    }

    private Response list(Request request) {
        List<View> rows = roots.list(request.cursorNumber().orElse(null), request.limit() + 1)
                .stream().map(stored -> view(stored, false)).toList();
        return Response.ok(Page.of(rows, request.limit(), view -> Long.toString(view.version())));
    }

    private Roots.Stored find(Request request) {
        String version = request.path("version");
        return roots.find(number("version", version)).orElseThrow(() -> Problem.notFound("root", version));
    }

    private Response forDevice(Request request) {
        devices.require(request.path("id"), request.header("Authorization").orElse(null));
        return new Response(200, Buffer.buffer(find(request).envelope()),
                Map.of("Content-Type", "application/json"));
    }

    private Response keys() {
        return Response.ok(new Page<>(assignmentKeys.all().stream().map(this::view).toList(), null));
    }

    private Response make(Request request) {
        return Response.created("/api/v1/assignment-keys",
                view(roots.nextAssignmentKey(request.principal())));
    }

    private KeyView view(AssignmentKeys.Own key) {
        AssignmentKeys.Own signing = roots.newest().flatMap(stored -> assignmentKeys.namedBy(stored.root()))
                .map(Map.Entry::getValue).orElse(assignmentKeys.all().getFirst());
        return new KeyView(key.name(), Ed25519.pem(key.open()), Ed25519.fingerprint(key.open()),
                key.equals(signing));
    }

    private static View view(Roots.Stored stored, boolean whole) {
        Root root = stored.root();
        Map<String, String> keys = new TreeMap<>();
        root.keys().forEach((id, key) -> keys.put(id, Ed25519.fingerprint(key)));
        return new View(root.version(), root.issued(), root.expires(), keys,
                Map.of("root", root.root(), "release", root.release(), "assignment", root.assignment()),
                root.counterReset(), stored.addedBy(), stored.addedAt(),
                whole ? Json.parse(new String(stored.envelope(), StandardCharsets.UTF_8)) : null);
    }

    private static int number(String field, String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw Problem.invalid(field, "a whole number is needed, not " + text);
        }
    }
}
