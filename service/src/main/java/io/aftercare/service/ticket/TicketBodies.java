package io.aftercare.service.ticket;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.http.Problem;
import io.aftercare.service.customer.Contact;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The bodies of the requests about cases, as the OpenAPI document lets them through.
final class TicketBodies {
    private TicketBodies() {}

    record Open(DeviceId device, String title, @Nullable String symptom, @Nullable String description,
            String channel, @Nullable String impact, @Nullable String urgency, @Nullable Contact contact) {
        NewCase toCase() {
            Priority priority = Priority.of(
                    Priority.Level.parse(Objects.requireNonNullElse(impact, "medium")),
                    Priority.Level.parse(Objects.requireNonNullElse(urgency, "medium")));
            return new NewCase(device, title.strip(), Objects.requireNonNullElse(description, ""),
                    Objects.requireNonNullElse(symptom, ""), Origin.parse(channel), priority, contact);
        }
    }

    record Move(String to, @Nullable String reason, @Nullable String rootCause,
            @Nullable String verification, @Nullable String cause) {
        TicketEvent.Transition toEvent() {
            TicketState state = TicketState.parse(to)
                    .orElseThrow(() -> Problem.invalid("to", "there is no state " + to));
            return new TicketEvent.Transition(state, reason, rootCause, verification, cause);
        }
    }

    record Say(String text, @Nullable Boolean contact) {
        TicketEvent.Comment toEvent() {
            return new TicketEvent.Comment(text.strip(), Boolean.TRUE.equals(contact));
        }
    }

    /// A merge patch: what is absent stays, `"owner": null` gives the case back to the queue.
    static TicketEvent.Edit edit(JsonNode body) {
        JsonNode title = body.get("title");
        JsonNode priority = body.get("priority");
        JsonNode owner = body.get("owner");
        String name = owner == null || owner.isNull() || owner.asText().isBlank() ? null : owner.asText();
        return new TicketEvent.Edit(title == null ? null : title.asText().strip(),
                priority == null ? null : Priority.valueOf(priority.asText()),
                owner == null ? null : new TicketEvent.Ownership(name));
    }
}
