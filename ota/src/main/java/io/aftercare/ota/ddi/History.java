package io.aftercare.ota.ddi;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.http.Json;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jdbi.v3.core.Handle;

/// What a device told of an action, in its own words: kept for people and for the device itself.
final class History {
    /// Bound on the messages that are read back.
    static final int MESSAGES_MAX = 100;
    /// Bound on what is kept of one action.
    static final int STATUSES_MAX = 1000;
    static final int DETAILS_MAX = 50;
    private static final int MESSAGE_LENGTH_MAX = 512;

    private History() {}

    static int count(Handle handle, int action) {
        return handle.createQuery("SELECT statuses FROM ota.ddi_action WHERE id = :id").bind("id", action)
                .mapTo(Integer.class).one();
    }

    static void append(Handle handle, int action, List<String> messages, Instant now) {
        List<String> kept = messages.stream().map(History::shorten).toList();
        handle.createUpdate("""
                WITH counted AS (UPDATE ota.ddi_action SET statuses = statuses + 1 WHERE id = :action)
                INSERT INTO ota.ddi_status (action, at, messages) VALUES (:action, :now, :messages)""")
                .bind("action", action).bind("now", now).bindArray("messages", String.class, kept).execute();
    }

    /// Adds `actionHistory` to a document, the newest message first; nothing where none is wanted or there.
    static void into(ObjectNode document, Handle handle, Action action, Action.Phase phase, int wanted) {
        List<String> messages = wanted == 0
                ? List.of()
                : handle.createQuery("""
                        SELECT m FROM ota.ddi_status s, unnest(s.messages) WITH ORDINALITY AS each (m, place)
                        WHERE s.action = :action ORDER BY s.id DESC, place LIMIT :wanted""")
                        .bind("action", action.id()).bind("wanted", wanted).mapTo(String.class).list();
        if (!messages.isEmpty()) {
            ObjectNode history = Json.object().put("status", status(action, phase));
            messages.forEach(history.putArray("messages")::add);
            document.set("actionHistory", history);
        }
    }

    private static String status(Action action, Action.Phase phase) {
        String ended = action.ended();
        if (ended != null) {
            return ended.toUpperCase(Locale.ROOT);
        }
        return switch (phase) {
            case WITHHELD -> "SCHEDULED";
            case CONFIRMATION -> "WAIT_FOR_CONFIRMATION";
            case DEPLOYMENT -> "RUNNING";
            case CANCEL -> "CANCELING";
            case ENDED -> "FINISHED";
        };
    }

    private static String shorten(String text) {
        return text.length() <= MESSAGE_LENGTH_MAX ? text : text.substring(0, MESSAGE_LENGTH_MAX);
    }

    /// What is told where the device says nothing.
    static List<String> or(List<String> details, String usual) {
        return details.isEmpty() ? List.of(usual) : details;
    }
}
