package io.aftercare.remote.action;

import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.people.Principal;
import io.aftercare.fleet.people.Role;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Who may ask for which action, and when. Pure: everything that decides is an argument.
public final class Guards {
    static final Duration EXPIRES_MAX = Duration.ofDays(7);

    private Guards() {}

    /// What surrounds an action at a moment.
    record Moment(boolean ticketOpen, boolean updating, ConsentRule.Answers consent) {}

    /// Actions asked for in the last minute.
    record Recent(int device, int person, int fleet) {
        static final Recent NONE = new Recent(0, 0, 0);
    }

    /// A request and what surrounds it.
    ///
    /// @param byHand   whether a person asks for this one action
    /// @param mandated whether a [Mandate] stands for ticket, confirmation and second person
    record Case(Device device, Catalogue.Known action, @Nullable String ticket, @Nullable String confirm,
            Duration expiresIn, boolean byHand, boolean mandated, Moment moment, Recent recent) {}

    /// Why not.
    ///
    /// @param status as HTTP has it
    /// @param code   the reason for machines, that says it in other languages
    /// @param reason the reason as a sentence
    public record Refusal(int status, String code, String reason) {}

    static Optional<Refusal> refuse(Principal who, Case it, ActionConfig config) {
        return person(who, it.device(), it.action().actionClass()).or(() -> wish(it))
                .or(() -> moment(it.device(), it.action(), it.ticket(), it.moment(), config.consent()))
                .or(() -> rate(it, config));
    }

    /// The person's side of it, which an approver has to pass too. What the backend asks for by itself, a runbook's steps
    /// among them, passes for all but class D.
    public static Optional<Refusal> person(Principal who, Device device, ActionClass actionClass) {
        if (!who.seesOutlet(device.outlet())) {
            return refusal(404, "device-unknown", "There is no device " + device.id());
        }
        if (!who.region().isEmpty() && !who.region().equals(device.region())) {
            return refusal(403, "other-region",
                    "The device is in region \"" + device.region() + "\", your account is for region \""
                            + who.region() + "\"");
        }
        boolean engineer = who.has(Role.ENGINEER) || who.has(Role.ADMIN);
        boolean may = switch (actionClass) {
            case A, B, C -> engineer || who.has(Role.AGENT) || who.equals(Principal.SYSTEM);
            case D -> engineer;
        };
        return may
                ? Optional.empty()
                : refusal(403, "role", "An action of class " + actionClass + " needs the role "
                        + (actionClass == ActionClass.D ? "engineer" : "agent or engineer"));
    }

    private static Optional<Refusal> wish(Case it) {
        if (it.expiresIn().isNegative() || it.expiresIn().isZero()
                || it.expiresIn().compareTo(EXPIRES_MAX) > 0) {
            return refusal(400, "expiry", "expiresIn is more than nothing and at most P7D");
        }
        if (it.mandated()) {
            return Optional.empty();
        }
        ActionClass actionClass = it.action().actionClass();
        if (actionClass.needsTicket() && it.ticket() == null) {
            return refusal(409, "ticket-needed",
                    "An action of class " + actionClass + " needs the ticket that it is for");
        }
        String id = it.device().id().value();
        if (it.confirm() != null && !it.confirm().equals(id)
                || actionClass.needsSecondPerson() && it.confirm() == null) {
            return refusal(409, "confirm", "Confirm with the device's id, " + id + ", in confirm");
        }
        return Optional.empty();
    }

    /// What has to be so when it is asked for, when it is approved, and still when it is sent.
    static Optional<Refusal> moment(Device device, Catalogue.Known action, @Nullable String ticket,
            Moment now,
            ConsentPolicy policy) {
        return lasting(device, action, ticket, now, policy)
                .or(() -> mustWait(action.actionClass(), now)
                        ? refusal(409, "updating",
                                "The device is in the middle of a firmware update; try again when it is over")
                        : Optional.empty());
    }

    /// What does not pass by waiting.
    static Optional<Refusal> lasting(Device device, Catalogue.Known action, @Nullable String ticket,
            Moment now,
            ConsentPolicy policy) {
        if (ticket != null && !now.ticketOpen()) {
            return refusal(409, "ticket-over",
                    "Ticket " + ticket + " is not an open ticket of device " + device.id());
        }
        return ConsentRule.refuse(policy, action, now.consent());
    }

    /// Whether what was asked for before an update began waits until it is over.
    static boolean mustWait(ActionClass actionClass, Moment now) {
        return now.updating() && actionClass != ActionClass.A;
    }

    private static Optional<Refusal> rate(Case it, ActionConfig config) {
        if (it.recent().device() >= config.perDeviceMax()) {
            return refusal(429, "rate",
                    "At most " + config.perDeviceMax() + " actions a minute for a device");
        }
        if (it.byHand() && it.recent().person() >= config.perPersonMax()) {
            return refusal(429, "rate",
                    "At most " + config.perPersonMax() + " actions a minute for a person");
        }
        return it.recent().fleet() >= config.perFleetMax()
                ? refusal(429, "rate",
                        "At most " + config.perFleetMax() + " actions a minute for all devices together")
                : Optional.empty();
    }

    /// Whether `who` may approve what `requester` asked for.
    static Optional<Refusal> approval(Principal who, String requester, Device device,
            ActionClass actionClass) {
        return who.name().equals(requester)
                ? refusal(409, "own-request",
                        "Whoever asked for an action cannot approve it: another person has to")
                : person(who, device, actionClass);
    }

    private static Optional<Refusal> refusal(int status, String code, String reason) {
        return Optional.of(new Refusal(status, code, reason));
    }
}
