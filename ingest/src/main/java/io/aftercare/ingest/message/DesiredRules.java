package io.aftercare.ingest.message;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Problem.FieldError;
import io.aftercare.fleet.people.Principal;
import io.aftercare.fleet.people.Role;
import io.aftercare.ingest.message.DesiredStore.Locks;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What may be desired of a device, and by whom. Pure; each method throws a [Problem] where the answer is no.
final class DesiredRules {
    /// A message for a device has at most 64 KiB, and some devices take half of that.
    static final int BYTES_MAX = 32 * 1024;
    static final int KEYS_MAX = 200;

    private DesiredRules() {}

    static void region(Principal who, Device device) {
        if (!who.region().isEmpty() && !who.region().equals(device.region())) {
            throw Problem.forbidden("The device is in region \"" + device.region()
                    + "\", your account is for region \"" + who.region() + "\"");
        }
    }

    static void fresh(Device device, String kind, @Nullable Integer seen, int current) {
        if (seen != null && seen != current) {
            throw Problem.staleVersion(kind, device.id().value(), current);
        }
    }

    /// @param keys  the members that change
    /// @param after the whole desired state after the change
    static void check(Desired.Wish wish, Configuration product, Locks locks, Set<String> keys,
            ObjectNode after) {
        bounds(after, keys);
        Set<String> held = new TreeSet<>(keys);
        held.retainAll(locks.keys());
        if (!held.isEmpty()) {
            throw Problem.conflict("Locked on this device by " + locks.author()
                    + (locks.why().isEmpty() ? "" : " (" + locks.why() + ")") + ": " + String.join(", ", held)
                    + ". Unlock first");
        }
        Set<String> theirs = new TreeSet<>(keys);
        theirs.retainAll(product.locked());
        if (!theirs.isEmpty() && !wish.who().has(Role.FIRMWARE) && !wish.who().has(Role.ADMIN)) {
            throw Problem.forbidden(
                    "The product locks " + String.join(", ", theirs) + ": the role firmware is needed");
        }
        if (product.why() && wish.why().isEmpty()) {
            throw Problem.conflict("Changing a device of this product needs a reason, in why");
        }
        List<FieldError> misfits = product.misfits(after);
        if (!misfits.isEmpty()) {
            throw Problem.invalid("The desired state does not fit the product's schema", misfits);
        }
    }

    private static void bounds(ObjectNode after, Set<String> keys) {
        if (keys.contains(Shadow.VERSION)) {
            throw Problem.invalid(Shadow.VERSION, "the backend counts versions by itself");
        }
        if (after.size() > KEYS_MAX) {
            throw Problem.badRequest("A desired state has at most " + KEYS_MAX + " members");
        }
        byte[] bytes = Json.text(after).getBytes(StandardCharsets.UTF_8);
        if (bytes.length > BYTES_MAX) {
            throw Problem.badRequest("A desired state has at most " + BYTES_MAX + " bytes");
        }
        try {
            var _ = Documents.object(bytes);
        } catch (BadMessageException e) {
            throw Problem.badRequest("A device could not read this: " + e.getMessage());
        }
    }
}
