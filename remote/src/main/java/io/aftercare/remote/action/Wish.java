package io.aftercare.remote.action;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Problem;
import io.aftercare.remote.TicketName;
import java.time.DateTimeException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What somebody asks for.
///
/// @param expiresIn ISO 8601 span of time, an hour unless told
/// @param confirm   the device's id, typed again
/// @param why       for the record, at most [#WHY_LENGTH_MAX] characters
/// @param key       the asking room's own, at most [#KEY_LENGTH_MAX] characters: the same key gives the same action again.
///                  Begins with the room's name and a colon; null for what people ask for themselves
public record Wish(String action, @Nullable JsonNode params, @Nullable String ticket,
        @Nullable String expiresIn, @Nullable String confirm, @Nullable String why, @Nullable String key) {
    public static final int KEY_LENGTH_MAX = 200;
    public static final int WHY_LENGTH_MAX = 500;
    /// What begins the key of a person's request that came with an `Idempotency-Key`.
    static final String BY_HTTP = "http:";

    public Wish {
        ticket = ticket == null ? null : TicketName.number(ticket);
        if (key != null && (key.isBlank() || key.length() > KEY_LENGTH_MAX)) {
            throw new IllegalArgumentException(
                    "a key has 1 to " + KEY_LENGTH_MAX + " characters, not " + key);
        }
        if (why != null && why.length() > WHY_LENGTH_MAX) {
            throw Problem.invalid("why", "at most " + WHY_LENGTH_MAX + " characters");
        }
    }

    /// One without parameters, ticket or key.
    public static Wish of(String action) {
        return new Wish(action, null, null, null, null, null, null);
    }

    public Wish with(JsonNode given) {
        return new Wish(action, given, ticket, expiresIn, confirm, why, key);
    }

    public Wish forTicket(@Nullable String given) {
        return new Wish(action, params, given, expiresIn, confirm, why, key);
    }

    public Wish within(Duration given) {
        return new Wish(action, params, ticket, given.toString(), confirm, why, key);
    }

    public Wish confirmed(@Nullable String given) {
        return new Wish(action, params, ticket, expiresIn, given, why, key);
    }

    public Wish because(@Nullable String given) {
        return new Wish(action, params, ticket, expiresIn, confirm, given, key);
    }

    public Wish keyed(@Nullable String given) {
        return new Wish(action, params, ticket, expiresIn, confirm, why, given);
    }

    /// Whether a person asks for this one action, and no fleet action or runbook does.
    boolean isByHand() {
        return isByHand(key);
    }

    static boolean isByHand(@Nullable String key) {
        return key == null || key.startsWith(BY_HTTP);
    }

    JsonNode given() {
        return params == null ? Json.object() : params;
    }

    Duration expires() {
        return within(expiresIn);
    }

    /// How long a request waits for the device, an hour where nobody says; a [Problem] 400 where it is no span of time.
    public static Duration within(@Nullable String expiresIn) {
        try {
            return expiresIn == null ? Duration.ofHours(1) : Duration.parse(expiresIn);
        } catch (DateTimeException e) {
            throw Problem.invalid("expiresIn", "an ISO 8601 span of time such as PT1H, not " + expiresIn);
        }
    }
}
