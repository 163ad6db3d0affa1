package io.aftercare.ingest.mqtt;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.audit.Audit;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.Devices;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import io.aftercare.fleet.postgres.Database;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/// `…/devices/{id}/messages`: what people say to a device, there or asleep. Not a way around remote actions and firmware:
/// their topics are theirs alone. Audited.
public final class MessageRoutes {
    private static final Duration EXPIRY_MAX = Duration.ofDays(30);

    private final Database database;
    private final Devices devices;
    private final Sessions sessions;

    private record Message(String topic, JsonNode payload, @Nullable String expiresIn) {}

    public MessageRoutes(Database database, Devices devices, Sessions sessions) {
        this.database = database;
        this.devices = devices;
        this.sessions = sessions;
    }

    public void bind(Operations operations) {
        operations.on("sendDeviceMessage", this::send).on("countDeviceMessages", this::count);
    }

    private Response count(Request request) {
        Device device = devices.visible(request.path("id"), request.principal());
        return Response.ok(Json.object().put("waiting", sessions.waiting(device)));
    }

    private Response send(Request request) {
        Device device = devices.visible(request.path("id"), request.principal());
        Message message = request.body(Message.class);
        byte[] payload = Json.text(message.payload()).getBytes(StandardCharsets.UTF_8);
        Queuing outcome = sessions.queue(device, message.topic(), payload, expiry(message.expiresIn()));
        if (!outcome.isTaken()) {
            throw Problem.conflict(refusal(device, message.topic(), outcome));
        }
        database.useTransaction(handle -> Audit.append(handle, request.principal(), "device.message",
                "device/" + device.id(), Json.object().put("topic", message.topic())
                        .put("size", payload.length).put("outcome", outcome.word())));
        return Response.accepted(Json.object().put("outcome", outcome.word()));
    }

    private static @Nullable Duration expiry(@Nullable String expiresIn) {
        if (expiresIn == null) {
            return null;
        }
        try {
            Duration expiry = Duration.parse(expiresIn);
            if (expiry.isPositive() && expiry.compareTo(EXPIRY_MAX) <= 0) {
                return expiry;
            }
        } catch (DateTimeParseException e) {
            throw Problem.invalid("expiresIn", "an ISO 8601 span of time is needed, such as PT1H");
        }
        throw Problem.invalid("expiresIn", "up to P30D is possible");
    }

    private static String refusal(Device device, String topic, Queuing outcome) {
        return switch (outcome) {
            case NO_SESSION -> device.id() + " is away and keeps no session in which a message could wait";
            case NOT_SUBSCRIBED -> device.id() + " has not subscribed to " + topic + " with QoS 1";
            case FULL -> "As many messages wait for " + device.id() + " as may";
            case TOO_LARGE -> "A message has at most 64 KiB";
            case QUEUED, SENT -> outcome.word();
        };
    }
}
