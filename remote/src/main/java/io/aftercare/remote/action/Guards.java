package io.aftercare.remote.action;

import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.people.Principal;
import io.aftercare.fleet.people.Role;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Who may ask for which action, and when. Pure: everything that decides is an argument.
final class Guards {
    static final int PER_MINUTE_MAX = 20;
    static final Duration EXPIRES_MAX = Duration.ofDays(7);

    private Guards() {}

    /// A request and what surrounds it.
    ///
    /// @param recent actions asked of the device in the last minute
    record Case(Device device, ActionClass actionClass, @Nullable String ticket, boolean ticketOpen,
            @Nullable String confirm, boolean updating, int recent, Duration expiresIn) {}

    /// Why not; `status` as HTTP has it.
    record Refusal(int status, String reason) {}

    static Optional<Refusal> refuse(Principal who, Case it) {
        Optional<Refusal> person = person(who, it.device(), it.actionClass());
        return person.isPresent() ? person : circumstances(it);
    }

    /// The person's side of it, which an approver has to pass too.
    static Optional<Refusal> person(Principal who, Device device, ActionClass actionClass) {
        if (!who.seesOutlet(device.outlet())) {
            return refusal(404, "There is no device " + device.id());
        }
        if (!who.region().isEmpty() && !who.region().equals(device.region())) {
            return refusal(403,
                    "The device is in region \"" + device.region() + "\", your account is for region \""
                            + who.region() + "\"");
        }
        boolean may = switch (actionClass) {
            case A, B, C -> true; // the operation's own roles are checked at the door
            case D -> who.has(Role.ENGINEER) || who.has(Role.ADMIN);
        };
        return may ? Optional.empty() : refusal(403, "An action of class D needs the role engineer");
    }

    private static Optional<Refusal> circumstances(Case it) {
        if (it.expiresIn().isNegative() || it.expiresIn().isZero()
                || it.expiresIn().compareTo(EXPIRES_MAX) > 0) {
            return refusal(400, "expiresIn is more than nothing and at most P7D");
        }
        if (it.actionClass().needsTicket() && it.ticket() == null) {
            return refusal(409,
                    "An action of class " + it.actionClass() + " needs the ticket that it is for");
        }
        if (it.ticket() != null && !it.ticketOpen()) {
            return refusal(409,
                    "Ticket " + it.ticket() + " is not an open ticket of device " + it.device().id());
        }
        String id = it.device().id().value();
        if (it.confirm() != null && !it.confirm().equals(id)
                || it.actionClass().needsSecondPerson() && it.confirm() == null) {
            return refusal(409, "Confirm with the device's id, " + id + ", in confirm");
        }
        if (it.updating() && it.actionClass() != ActionClass.A) {
            return refusal(409,
                    "The device is in the middle of a firmware update; try again when it is over");
        }
        return it.recent() >= PER_MINUTE_MAX
                ? refusal(429, "At most " + PER_MINUTE_MAX + " actions a minute for a device")
                : Optional.empty();
    }

    /// Whether `who` may approve what `requester` asked for.
    static Optional<Refusal> approval(Principal who, String requester, Device device,
            ActionClass actionClass) {
        return who.name().equals(requester)
                ? refusal(409, "Whoever asked for an action cannot approve it: another person has to")
                : person(who, device, actionClass);
    }

    private static Optional<Refusal> refusal(int status, String reason) {
        return Optional.of(new Refusal(status, reason));
    }
}
