package io.aftercare.service.intake;

import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.http.Problem;
import io.aftercare.service.ticket.Actor;
import io.aftercare.service.ticket.Cases;
import io.aftercare.service.ticket.Classification;
import io.aftercare.service.ticket.Intake;
import io.aftercare.service.ticket.NewCase;
import io.aftercare.service.ticket.Origin;
import io.aftercare.service.ticket.Ticket;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Opens cases of what people outside report: whatever the channel, the same case (R11). Works in the caller's transaction.
final class Reports {
    private final Cases cases;

    Reports(Cases cases) {
        this.cases = cases;
    }

    Ticket open(Handle handle, Told told, Origin origin, Actor actor) {
        if (told.symptom().isBlank()) {
            throw Problem.invalid("symptom", "say in a few words what is wrong");
        }
        String serial = told.serialTold();
        DeviceId device = device(handle, serial);
        return cases.open(handle, new NewCase(device, told.headline(), "", told.symptom().strip(), origin,
                Classification.NONE, new Intake(serial, "", told.model(), told.purchased(), told.proof(),
                        told.damage(), null),
                told.contact()), actor);
    }

    /// What the customer adds to a case.
    void add(Handle handle, long ticket, String text, Actor actor) {
        cases.lock(handle, ticket).ifPresent(open -> cases.answered(handle, open, text.strip(), actor));
    }

    boolean isOpen(Handle handle, long ticket) {
        return cases.find(handle, ticket).filter(one -> one.state().isOpen()).isPresent();
    }

    private static @Nullable DeviceId device(Handle handle, String serial) {
        return handle.createQuery("SELECT id FROM fleet.device WHERE id = :serial").bind("serial", serial)
                .mapTo(String.class).findOne().map(DeviceId::new).orElse(null);
    }
}
