package io.aftercare.remote.fleetaction;

import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.people.Principal;
import io.aftercare.fleet.people.Role;
import io.aftercare.remote.action.ActionClass;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who may have how many devices acted upon. What holds for one device is asked for each of them when its turn comes. Pure.
final class FleetGuards {
    private static final int NAMED_MAX = 5;

    private FleetGuards() {}

    /// A wish and what surrounds it.
    ///
    /// @param chosen       devices of the target
    /// @param recent       devices that the same person acted upon alone in the last hour
    /// @param ticketOpen   whether the ticket is an open one of a chosen device
    record Case(ActionClass actionClass, List<Chosen> chosen, int recent, @Nullable String ticket,
            boolean ticketOpen, @Nullable Integer confirm) {}

    /// A device of the target.
    record Chosen(String id, String region, String outlet) {}

    static boolean needsSecondPerson(ActionClass actionClass, int devices, int recent, int aloneMax) {
        return actionClass == ActionClass.D || devices + recent > aloneMax;
    }

    static boolean needsTicket(ActionClass actionClass) {
        return actionClass == ActionClass.C || actionClass == ActionClass.D;
    }

    static boolean needsConfirm(ActionClass actionClass, int devices, int recent, int aloneMax) {
        return needsTicket(actionClass) || needsSecondPerson(actionClass, devices, recent, aloneMax);
    }

    /// A [Problem] that says what is missing.
    static void check(Principal who, Case it, FleetActionConfig config) {
        person(who, it.chosen());
        if (it.chosen().isEmpty()) {
            throw Problem.conflict("The target chooses no device that may connect");
        }
        if (it.chosen().size() > config.devicesMax()) {
            throw Problem.conflict("A fleet action is for at most " + config.devicesMax() + " devices");
        }
        if (needsTicket(it.actionClass()) && it.ticket() == null) {
            throw Problem.conflict("A fleet action of class " + it.actionClass()
                    + " needs the ticket of one of its devices that shows the need");
        }
        if (it.ticket() != null && !it.ticketOpen()) {
            throw Problem.conflict("Ticket " + it.ticket() + " is not an open ticket of one of the devices");
        }
        int devices = it.chosen().size();
        boolean needed = needsConfirm(it.actionClass(), devices, it.recent(), config.aloneMax());
        if (it.confirm() == null ? needed : it.confirm() != devices) {
            throw Problem.conflict("Confirm with the number of devices, " + devices + ", in confirm");
        }
    }

    /// The person's side of it, which an approver has to pass too.
    static void person(Principal who, List<Chosen> devices) {
        if (!who.has(Role.ENGINEER) && !who.has(Role.ADMIN)) {
            throw Problem.forbidden("A fleet action needs the role engineer");
        }
        List<String> foreign = devices.stream()
                .filter(device -> !who.seesOutlet(device.outlet())
                        || !who.region().isEmpty() && !who.region().equals(device.region()))
                .map(Chosen::id).toList();
        if (!foreign.isEmpty()) {
            throw Problem.forbidden(foreign.size() + " of " + devices.size() + " devices are not in region \""
                    + who.region() + "\", which your account is for, such as "
                    + String.join(", ", foreign.subList(0, Math.min(NAMED_MAX, foreign.size()))));
        }
    }
}
