package io.aftercare.simulator.device;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aftercare.simulator.device.Outcome.Failed;
import io.aftercare.simulator.device.Outcome.Rejected;
import io.aftercare.simulator.device.Outcome.Succeeded;
import io.aftercare.simulator.link.Link;
import io.aftercare.simulator.product.Product;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// What every device does alike, be it simulated, replayed or this machine: reports its state and its boots, samples at
/// an interval that can be changed from afar (for a while, at most [#BOOST_MAX]), and answers the common actions.
/// Thread-safe.
public final class Shell {
    static final List<String> TOPICS = List.of("desired", "actions/+");
    private static final Duration BOOST_MAX = Duration.ofMinutes(15);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Link link;
    private final Product product;
    private final Body body;
    private final InstantSource clock;
    private final ActionDesk desk;
    private final DeviceLog log = new DeviceLog();
    private final Duration usualInterval;
    private final Map<String, Object> configuration = new LinkedHashMap<>();
    private Duration interval;
    private Optional<Instant> boostUntil = Optional.empty();

    /// The device that the shell is around.
    public interface Body {
        /// `firmware`, `hardware`, `ip` and what else is to be reported.
        SequencedMap<String, Object> state();

        SequencedMap<String, Object> readings();

        /// An action that is not one of the common ones.
        Outcome perform(String action, JsonNode params);
    }

    public Shell(Link link, Product product, Body body, Duration interval, InstantSource clock) {
        this.link = link;
        this.product = product;
        this.body = body;
        this.clock = clock;
        this.usualInterval = interval;
        this.interval = interval;
        this.desk = new ActionDesk(this::perform, link::send, clock);
    }

    /// Tells the state and a boot, in this order: who hears of a boot may look at the state.
    ///
    /// @param requested whether somebody asked for it, so that it is no fault
    public void booted(String reason, boolean requested, long boots) {
        SequencedMap<String, Object> state = reportState();
        event("boot", "info", "started: " + reason,
                Map.of("reason", reason, "requested", requested, "boots", boots,
                        "firmware", String.valueOf(state.get("firmware"))));
        desk.rebooted();
    }

    public synchronized SequencedMap<String, Object> reportState() {
        SequencedMap<String, Object> state = new LinkedHashMap<>(configuration);
        state.putAll(body.state());
        state.put("interval", interval.toMillis() / 1e3);
        link.send("state", state);
        return state;
    }

    public void event(String code, String level, String message, Map<String, Object> data) {
        Instant now = clock.instant();
        log.add(now, level + " " + code + ": " + message);
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("ts", now.toEpochMilli());
        event.put("code", code);
        event.put("level", level);
        event.put("message", message);
        event.put("data", data);
        link.send("event", event);
    }

    /// Takes one sample now; a body that reads nothing sends nothing.
    public void sample() {
        Map<String, Object> readings = body.readings();
        if (!readings.isEmpty()) {
            link.telemetry(clock.millis(), readings);
        }
    }

    public synchronized Duration interval() {
        if (boostUntil.isPresent() && !clock.instant().isBefore(boostUntil.get())) {
            boostUntil = Optional.empty();
            interval = usualInterval;
            reportState();
        }
        return interval;
    }

    /// Takes a message.
    ///
    /// @return whether it was for the shell
    public boolean message(String topic, byte[] payload) {
        if (topic.equals("desired")) {
            desired(payload);
            return true;
        }
        if (topic.startsWith("actions/") && topic.indexOf('/', 8) < 0) {
            desk.asked(topic.substring(8), payload);
            return true;
        }
        return false;
    }

    private synchronized void desired(byte[] payload) {
        try {
            JsonNode json = JSON.readTree(payload);
            json.properties().forEach(entry -> {
                if (entry.getKey().equals("interval") && entry.getValue().isNumber()) {
                    setInterval(entry.getValue().asDouble(), 0);
                } else {
                    configuration.put(entry.getKey(), entry.getValue());
                }
            });
            reportState();
        } catch (IOException e) {
            log.add(clock.instant(), "warning desired state is not JSON");
        }
    }

    private Outcome perform(String action, JsonNode params) {
        log.add(clock.instant(), "info asked for " + action);
        return switch (action) {
            case "ping" -> new Succeeded("pong");
            case "get_logs" -> new Succeeded(String.join("\n", log.last(params.path("lines").asInt(50))));
            case "self_test" -> new Succeeded(SelfTest.run(product, body.readings()));
            case "set_interval" -> boost(params);
            default -> body.perform(action, params);
        };
    }

    private Outcome boost(JsonNode params) {
        double seconds = params.path("seconds").asDouble();
        double ttl = params.path("ttlSeconds").asDouble();
        if (seconds < 0.2 || seconds > 3_600) {
            return new Rejected("seconds must be 0.2 to 3600");
        }
        if (ttl > BOOST_MAX.toSeconds()) {
            return new Failed("ttlSeconds must be at most " + BOOST_MAX.toSeconds());
        }
        setInterval(seconds, ttl);
        reportState();
        return new Succeeded("a sample every " + seconds + " s" + (ttl > 0 ? " for " + ttl + " s" : ""));
    }

    private synchronized void setInterval(double seconds, double ttlSeconds) {
        interval = Duration.ofMillis((long) (Math.clamp(seconds, 0.2, 3_600) * 1_000));
        boostUntil = ttlSeconds > 0
                ? Optional.of(clock.instant().plusMillis((long) (ttlSeconds * 1_000)))
                : Optional.empty();
    }

    /// How an unknown action is turned down.
    public static Outcome unknown(String action, Product product) {
        return new Rejected("there is no action '" + action + "'; there are "
                + String.join(", ", product.actions().stream().map(Product.Action::name).toList()));
    }
}
