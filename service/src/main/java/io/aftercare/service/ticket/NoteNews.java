package io.aftercare.service.ticket;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.device.Devices;
import io.aftercare.fleet.http.Events;
import io.aftercare.fleet.http.Json;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Tells the live pages what other rooms write into the timeline of a case: `ticket.noted`, and for what has a page or a board of
/// its own that one's event. After the commit, ids and states alone, and only those who may see the case.
final class NoteNews {
    /// What is told of one kind of note.
    ///
    /// @param kind of the note, or what comes before its first `-`
    /// @param id   where the note's data have the id of what changed; empty where it has none outside its case
    private record Topic(String kind, String event, String id) {
        boolean isOf(String noted) {
            return noted.equals(kind) || noted.startsWith(kind + "-");
        }
    }

    private static final List<Topic> TOPICS = List.of(
            new Topic("work-order", "work-order.changed", "order"),
            new Topic("rma", "rma.changed", "rma"),
            new Topic("quote", "quote.changed", "quote"),
            new Topic("requisition", "requisition.changed", "requisition"),
            new Topic("complaint", "complaint.changed", "complaint"),
            new Topic("remote-consent", "consent.changed", ""),
            new Topic("consent", "consent.changed", ""));
    /// What consent is for, and how things stand.
    private static final List<String> TOLD = List.of("state", "purpose", "part");

    private final Events events;
    private final Devices devices;

    NoteNews(Events events, Devices devices) {
        this.events = events;
        this.devices = devices;
    }

    void noted(Handle handle, long id, List<Note> notes) {
        TicketStore.find(handle, id).ifPresent(ticket -> {
            String outlet = TicketNews.outlet(devices, ticket);
            notes.forEach(note -> handle.afterCommit(() -> {
                events.publish("ticket.noted", Json.object().put("id", Long.toString(id))
                        .put("number", ticket.number()).put("kind", note.kind()),
                        reader -> reader.seesOutlet(outlet));
                topic(note).ifPresent(topic -> events.publish(topic.event(), data(ticket, note, topic),
                        reader -> reader.seesOutlet(outlet)));
            }));
        });
    }

    private static Optional<Topic> topic(Note note) {
        return TOPICS.stream().filter(topic -> topic.isOf(note.kind())).findFirst();
    }

    private static ObjectNode data(Ticket ticket, Note note, Topic topic) {
        ObjectNode data = Json.object().put("ticket", Long.toString(ticket.id()))
                .put("number", ticket.number());
        if (note.kind().length() > topic.kind().length()) {
            data.put("state", note.kind().substring(topic.kind().length() + 1));
        }
        JsonNode said = note.data() == null ? Json.object() : note.data();
        if (said.has(topic.id())) {
            data.put("id", said.path(topic.id()).asText());
        }
        TOLD.stream().filter(said::has).forEach(field -> data.set(field, said.get(field)));
        return data;
    }
}
