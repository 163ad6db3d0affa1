package io.aftercare.service.ticket;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.device.Devices;
import io.aftercare.fleet.http.Events;
import io.aftercare.fleet.http.Json;
import org.jdbi.v3.core.Handle;

/// Tells the live pages that a case has changed, after the commit and only those who may see it.
@FunctionalInterface
interface TicketNews {
    void changed(Handle handle, Ticket ticket);

    static TicketNews of(Events events, Devices devices) {
        return (handle, ticket) -> handle.afterCommit(() -> {
            ObjectNode data = Json.object().put("id", Long.toString(ticket.id()))
                    .put("number", ticket.number())
                    .put("device", ticket.report().serial()).put("state", ticket.state().text())
                    .put("priority", ticket.progress().priority().name())
                    .put("owner", ticket.progress().owner());
            String outlet = outlet(devices, ticket);
            events.publish("ticket.changed", data, principal -> principal.seesOutlet(outlet));
        });
    }

    /// The outlet whose case it is: that of its device, else of the one who opened it; empty for none.
    static String outlet(Devices devices, Ticket ticket) {
        DeviceId device = ticket.report().device();
        return device == null
                ? ticket.report().intake().outlet()
                : devices.find(device).map(Device::outlet).orElse("");
    }
}
