package io.aftercare.service.ticket;

import io.aftercare.fleet.http.Request;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The other rooms of the desk as cases know them ([Cases]): filled while the desk is wired, read afterwards.
///
/// @param panels by the name of their field
record Rooms(List<Requirement> requirements, List<CaseListener> listeners,
        SequencedMap<String, CasePanel> panels) {
    Rooms() {
        this(new CopyOnWriteArrayList<>(), new CopyOnWriteArrayList<>(), new LinkedHashMap<>());
    }

    /// Everything that is missing for this step, empty where nothing is.
    Optional<String> missing(Handle handle, Ticket ticket, TicketState to) {
        String all = requirements.stream().flatMap(one -> one.missing(handle, ticket, to).stream())
                .collect(Collectors.joining("; "));
        return all.isEmpty() ? Optional.empty() : Optional.of(all);
    }

    void changed(Handle handle, @Nullable Ticket before, Ticket after, Actor actor) {
        listeners.forEach(listener -> listener.changed(handle, before, after, actor));
    }

    /// What the rooms show of a case, by field.
    Map<String, @Nullable Object> shown(Handle handle, Ticket ticket, Request request) {
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        panels.forEach((name, panel) -> shown.put(name, panel.of(handle, ticket, request.principal())));
        return shown;
    }
}
