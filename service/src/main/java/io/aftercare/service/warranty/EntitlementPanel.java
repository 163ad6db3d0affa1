package io.aftercare.service.warranty;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.people.Principal;
import io.aftercare.service.ticket.CasePanel;
import io.aftercare.service.ticket.Priority;
import io.aftercare.service.ticket.Ticket;
import io.aftercare.service.warranty.Facts.Part;
import java.util.List;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The field `entitlement` of a case's page: what its device may claim as the case began, from its first second on, with what
/// to suggest. A warranty that ends while we work does not turn a free repair into a paid one.
final class EntitlementPanel implements CasePanel {
    /// @param components parts of the device whose answer differs from the whole's
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Shown(@JsonUnwrapped Entitlement entitlement, Advice suggestion, List<Entitlement> components) {}

    @Override
    public @Nullable Object of(Handle handle, Ticket ticket, Principal reader) {
        DeviceId device = ticket.report().device();
        if (device == null) {
            return null;
        }
        List<Part> asked = Stream.concat(Stream.of(Part.WHOLE), fitted(handle, device, ticket)).toList();
        List<Entitlement> answers = Entitlements.ofCase(handle, device, asked, ticket);
        if (answers.isEmpty()) {
            return null;
        }
        Entitlement whole = answers.getFirst();
        return new Shown(whole, Advice.of(whole, isSerious(ticket)), answers.stream().skip(1)
                .filter(part -> part.covered() != whole.covered()).toList());
    }

    private static Stream<Part> fitted(Handle handle, DeviceId device, Ticket ticket) {
        return ComponentStore.of(handle, device).stream()
                .filter(part -> part.state() == Component.State.FITTED
                        && part.fittedAt().isBefore(ticket.report().openedAt()))
                .map(Component::asPart);
    }

    /// P1 and P2: by impact and urgency, or by the severity of the fault.
    static boolean isSerious(Ticket ticket) {
        Priority priority = ticket.progress().priority();
        return priority == Priority.P1 || priority == Priority.P2;
    }
}
