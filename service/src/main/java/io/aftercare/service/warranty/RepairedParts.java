package io.aftercare.service.warranty;

import io.aftercare.fleet.device.DeviceId;
import io.aftercare.service.ticket.Actor;
import io.aftercare.service.ticket.CaseListener;
import io.aftercare.service.ticket.Cases;
import io.aftercare.service.ticket.Note;
import io.aftercare.service.ticket.Ticket;
import io.aftercare.service.warranty.Component.State;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Writes down, when a case is solved, which parts its repair fitted, so that each has its own warranty from then on (R6). The
/// part of the same number that was in the device is out, where there was one.
final class RepairedParts implements CaseListener {
    private final Cases cases;
    private final Repairs repairs;

    RepairedParts(Cases cases, Repairs repairs) {
        this.cases = cases;
        this.repairs = repairs;
    }

    @Override
    public void changed(Handle handle, @Nullable Ticket before, Ticket after, Actor actor) {
        DeviceId device = after.report().device();
        boolean isOver = before != null && !before.state().isSolved() && after.state().isSolved();
        if (isOver && device != null) {
            repairs.of(handle, after.id()).forEach(fitted -> fit(handle, after, device, fitted, actor));
        }
    }

    private void fit(Handle handle, Ticket ticket, DeviceId device, Repairs.Fitted fitted, Actor actor) {
        List<Component> inside = ComponentStore.of(handle, device).stream()
                .filter(one -> one.state() == State.FITTED && one.part().equals(fitted.part())).toList();
        if (inside.stream().anyMatch(one -> one.serial().equals(fitted.serial()))) {
            return;
        }
        Optional<Component> made = ComponentStore.fit(handle, device, fitted.serial(), fitted.part(),
                fitted.kind(), fitted.at(), ticket.id(), true);
        if (made.isEmpty()) {
            cases.note(handle, ticket.id(), actor, new Note(fitted.at(), "component", "The part "
                    + fitted.part() + " with the serial " + fitted.serial()
                    + " is written down in another device; its warranty is not carried here", null));
        } else if (inside.size() == 1) {
            ComponentStore.move(handle, inside.getFirst(), State.REMOVED, fitted.at());
        }
    }
}
