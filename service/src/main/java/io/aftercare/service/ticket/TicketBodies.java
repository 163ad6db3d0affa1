package io.aftercare.service.ticket;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Problem;
import io.aftercare.service.customer.Contact;
import io.aftercare.service.ticket.Priority.Level;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The bodies of the requests about cases, as the OpenAPI document lets them through.
final class TicketBodies {
    private TicketBodies() {}

    record Open(@Nullable String device, @Nullable String serial, String title, @Nullable String symptom,
            @Nullable String description, String channel, @Nullable CaseType type,
            @Nullable Level impact, @Nullable Level urgency, @Nullable LocalDate followUp,
            @Nullable Contact contact, @Nullable String model, @Nullable LocalDate purchased,
            @Nullable String proof, @Nullable String damage, @Nullable Instant occurredAt) {
        /// What was told of the device.
        String told() {
            return Objects.requireNonNullElse(device == null || device.isBlank() ? serial : device, "")
                    .strip();
        }

        /// @param known  the device that was told, null where there is none
        /// @param outlet of the one who opens it
        NewCase toCase(@Nullable DeviceId known, String outlet) {
            return new NewCase(known, title.strip(), Objects.requireNonNullElse(description, ""),
                    Objects.requireNonNullElse(symptom, ""), Origin.parse(channel),
                    new Classification(type, impact, urgency, followUp),
                    new Intake(serial == null ? told() : serial, outlet, model, purchased, proof, damage,
                            occurredAt),
                    contact);
        }
    }

    record Match(DeviceId device) {}

    record Reason(String reason) {}

    record Snooze(Instant until, @Nullable String reason) {}

    record Merge(String into, String reason) {}

    record Move(String to, @Nullable String reason, @Nullable String rootCause,
            @Nullable String verification, @Nullable String cause, @Nullable CaseType type,
            @Nullable Level impact, @Nullable Level urgency, @Nullable LocalDate followUp,
            Analysis.@Nullable Method rootCauseMethod, @Nullable JsonNode causes,
            @Nullable String feedback, @Nullable String improvement,
            Handling.@Nullable Recourse recourse) {
        TicketEvent.Transition toEvent() {
            TicketState state = TicketState.parse(to)
                    .orElseThrow(() -> Problem.invalid("to", "there is no state " + to));
            Analysis analysis = rootCauseMethod == null && causes == null
                    ? null
                    : new Analysis(Objects.requireNonNullElse(rootCauseMethod, Analysis.Method.DIRECT),
                            causes);
            return new TicketEvent.Transition(state, reason, rootCause, verification, cause,
                    new TicketEvent.Extras(new Classification(type, impact, urgency, followUp), analysis,
                            feedback, improvement, recourse));
        }
    }

    record Say(String text, @Nullable Boolean contact, @Nullable String visibility) {
        TicketEvent.Comment toEvent() {
            return new TicketEvent.Comment(text.strip(), Boolean.TRUE.equals(contact),
                    "public".equals(visibility), null);
        }
    }

    /// What a merge patch says besides title, priority and owner.
    record Correction(@Nullable CaseType type, @Nullable Level impact, @Nullable Level urgency,
            @Nullable LocalDate followUp, @Nullable String description, @Nullable String symptom,
            @Nullable String serial, @Nullable String model, @Nullable LocalDate purchased,
            @Nullable String proof, @Nullable String damage, @Nullable Instant occurredAt,
            @Nullable String improvement, @Nullable String reason, @Nullable List<String> tags,
            @Nullable List<String> addTags, @Nullable List<String> removeTags) {
        private TicketEvent.Retold retold() {
            return new TicketEvent.Retold(description, symptom,
                    new Intake(Objects.requireNonNullElse(serial, ""), "", model, purchased, proof, damage,
                            occurredAt));
        }
    }

    /// A merge patch: what is absent stays, `"owner": null` gives the case back to the queue.
    static TicketEvent.Edit edit(JsonNode body) {
        ObjectNode rest = body.deepCopy();
        rest.remove(List.of("title", "priority", "owner"));
        Correction told = Json.convert(rest, Correction.class);
        JsonNode title = body.get("title");
        JsonNode priority = body.get("priority");
        JsonNode owner = body.get("owner");
        String name = owner == null || owner.isNull() || owner.asText().isBlank() ? null : owner.asText();
        return new TicketEvent.Edit(title == null ? null : title.asText().strip(),
                priority == null ? null : Priority.valueOf(priority.asText()),
                owner == null ? null : new TicketEvent.Ownership(name),
                new Classification(told.type(), told.impact(), told.urgency(), told.followUp()),
                told.retold(), told.improvement(), told.reason(),
                new Tagging(told.tags(), Objects.requireNonNullElse(told.addTags(), List.of()),
                        Objects.requireNonNullElse(told.removeTags(), List.of())));
    }
}
