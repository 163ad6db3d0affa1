package io.aftercare.service.warranty;

import io.aftercare.fleet.device.DeviceId;
import io.aftercare.service.ticket.Ticket;
import io.aftercare.service.warranty.Facts.Part;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Answers what is covered, for the other rooms of the desk. Works in the caller's transaction.
public final class Entitlements {
    private Entitlements() {}

    /// What may be claimed for a device, or for the part of it with that serial.
    ///
    /// @param component serial of a part, null for the device as a whole
    /// @return empty where there is no such device, or no such part in it
    public static Optional<Entitlement> of(Handle handle, DeviceId device, @Nullable String component,
            Instant at) {
        return part(handle, device, component).flatMap(part -> of(handle, device, part, at));
    }

    /// What stands in a case, as of its opening: findings about this case alone count too, also those made since.
    /// What the customer said of the purchase when the case was opened stands in where nothing else is known. Empty while it
    /// is not known which device the case is about.
    public static Optional<Entitlement> ofCase(Handle handle, Ticket ticket) {
        DeviceId device = ticket.report().device();
        return device == null
                ? Optional.empty()
                : ofCase(handle, device, List.of(Part.WHOLE), ticket).stream().findFirst();
    }

    /// The same for several parts of a device, in their order; device and policies are read once for all of them.
    static List<Entitlement> ofCase(Handle handle, DeviceId device, List<Part> parts, Ticket ticket) {
        return DeviceFacts.find(handle, device, Part.WHOLE)
                .map(known -> known.told(ticket.report().intake().purchased(),
                        ticket.report().intake().proof()))
                .map(known -> {
                    Optional<WarrantyPolicy> policy = policy(handle, known);
                    return parts.stream().map(part -> Coverage.decide(policy, known.facts().of(part),
                            ticket.report().openedAt(), ticket.id())).toList();
                }).orElse(List.of());
    }

    private static Optional<Entitlement> of(Handle handle, DeviceId device, Part part, Instant at) {
        return DeviceFacts.find(handle, device, part)
                .map(known -> Coverage.decide(policy(handle, known), known.facts(), at, null));
    }

    /// The policy for a device, empty where there is no such device, or none is for it.
    public static Optional<WarrantyPolicy> policy(Handle handle, DeviceId device) {
        return DeviceFacts.find(handle, device, Part.WHOLE).flatMap(known -> policy(handle, known));
    }

    private static Optional<WarrantyPolicy> policy(Handle handle, DeviceFacts.Known known) {
        Facts facts = known.facts();
        return PolicyBook.of(PolicyStore.all(handle)).choose(facts.model(), facts.region(), facts.customer(),
                known.policy(), facts.origin());
    }

    private static Optional<Part> part(Handle handle, DeviceId device, @Nullable String component) {
        if (component == null) {
            return Optional.of(Part.WHOLE);
        }
        List<Component> known = ComponentStore.bySerial(handle, device, component);
        return known.stream().findFirst().map(Component::asPart);
    }
}
