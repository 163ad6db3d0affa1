package io.aftercare.simulator.device;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aftercare.simulator.action.ActionDesk;
import io.aftercare.simulator.action.Outcome;
import io.aftercare.simulator.action.Outcome.AfterReboot;
import io.aftercare.simulator.action.Outcome.Rejected;
import io.aftercare.simulator.action.Outcome.Succeeded;
import io.aftercare.simulator.configuration.Configuration;
import io.aftercare.simulator.crash.CrashDesk;
import io.aftercare.simulator.link.Sender;
import io.aftercare.simulator.log.Chatter;
import io.aftercare.simulator.log.DeviceLog;
import io.aftercare.simulator.log.Level;
import io.aftercare.simulator.log.LogDesk;
import io.aftercare.simulator.misbehaviour.Temper;
import io.aftercare.simulator.product.Product;
import io.aftercare.simulator.sampling.BoostDesk;
import io.aftercare.simulator.sampling.Sampling;
import io.aftercare.simulator.shell.ShellDesk;
import io.aftercare.simulator.upload.Uploader;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SequencedMap;

/// What every device does alike, be it simulated, replayed or this machine: reports its state and its boots, samples, and
/// leads what it is asked to the desk that answers it. Thread-safe.
public final class DeviceAgent {
    static final List<String> TOPICS = List.of("desired", "actions/+", ShellDesk.TOPICS);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Sender sender;
    private final Product product;
    private final Body body;
    private final InstantSource clock;
    private final DeviceLog log = new DeviceLog();
    private final Chatter chatter;
    private final Configuration configuration;
    private final Sampling sampling;
    private final LogDesk logs;
    private final CrashDesk crashes;
    private final ShellDesk shell;
    private final ActionDesk desk;

    /// The device that the agent speaks for.
    public interface Body {
        /// `firmware`, `hardware`, `ip` and what else is to be reported.
        SequencedMap<String, Object> state();

        SequencedMap<String, Object> readings();

        /// An action that is not one of the common ones.
        Outcome perform(String action, JsonNode params);

        /// Starts anew, where it can.
        ///
        /// @return whether it does
        boolean restart(String reason);
    }

    /// What an agent is made of.
    ///
    /// @param interval between two samples, as it left the factory
    public record Setup(String id, Sender sender, Product product, Duration interval, Uploader uploader,
            Temper temper, InstantSource clock) {}

    public DeviceAgent(Setup setup, Body body) {
        this.sender = setup.sender;
        this.product = setup.product;
        this.body = body;
        this.clock = setup.clock;
        this.chatter = new Chatter(log, new Random(setup.id.hashCode()));
        this.configuration = new Configuration(product);
        this.sampling = new Sampling(setup.interval, setup.temper, clock);
        this.logs = new LogDesk(log, setup.uploader, setup.temper);
        this.crashes = new CrashDesk(setup.id, product.model(), log, setup.uploader, clock);
        this.shell = new ShellDesk(setup.id, DeviceFiles.of(setup.id, product, body, log), sender,
                setup.temper);
        this.desk = new ActionDesk(this::perform, sender::send, setup.temper, clock);
    }

    /// Tells the state and a boot, in this order: who hears of a boot may look at the state.
    ///
    /// @param requested whether somebody asked for it, so that it is no fault
    public void booted(String reason, boolean requested, long boots) {
        shell.lost();
        sampling.restarted();
        SequencedMap<String, Object> state = reportState();
        String firmware = String.valueOf(state.get("firmware"));
        chatter.started(clock.instant(), firmware);
        event("boot", "info", "started: " + reason,
                Map.of("reason", reason, "requested", requested, "boots", boots, "firmware", firmware));
        desk.rebooted();
        crashes.booted();
    }

    /// Tells a crash. Its dump follows after the next start.
    ///
    /// @param boots how often the device had started
    public void crashed(String message, String firmware, long boots) {
        event("crash", "critical", message, crashes.crashed(firmware, message, boots));
    }

    /// Reports what it is like and what it was set to. A boost is told apart: the interval that it was set to stays.
    public synchronized SequencedMap<String, Object> reportState() {
        SequencedMap<String, Object> state = configuration.reported();
        state.putAll(body.state());
        state.putAll(sampling.reported());
        sender.send("state", state);
        return state;
    }

    public void event(String code, String level, String message, Map<String, Object> data) {
        Instant now = clock.instant();
        log.add(now, Level.of(level).orElse(Level.ERROR), code + ": " + message);
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("ts", now.toEpochMilli());
        event.put("code", code);
        event.put("level", level);
        event.put("message", message);
        event.put("data", data);
        sender.send("event", event);
    }

    /// Takes one sample now; a body that reads nothing sends nothing.
    public void sample() {
        if (sampling.revert()) {
            reportState();
        }
        Map<String, Object> readings = sampling.wanted(body.readings());
        if (!readings.isEmpty()) {
            chatter.sampled(clock.instant(), readings);
            sender.telemetry(clock.millis(), readings);
        }
    }

    /// How long to wait for the next sample.
    public Duration untilNext() {
        return sampling.untilNext();
    }

    /// The connection is gone, and with it what lived on it.
    public void lost() {
        shell.lost();
    }

    /// Takes a message.
    ///
    /// @return whether it was for the agent
    public boolean message(String topic, byte[] payload) {
        String[] parts = topic.split("/", -1);
        if (topic.equals("desired")) {
            desired(payload);
        } else if (parts.length == 2 && parts[0].equals("actions")) {
            desk.asked(parts[1], payload);
        } else if (parts.length == 3 && parts[0].equals("shell") && parts[2].equals("input")) {
            shell.heard(parts[1], payload);
        } else {
            return false;
        }
        return true;
    }

    private synchronized void desired(byte[] payload) {
        try {
            JsonNode json = JSON.readTree(payload);
            List<String> left = configuration.take(json);
            JsonNode interval = json.path("interval");
            if (interval.isNumber() && Sampling.isPossible(interval.asDouble())) {
                sampling.usual(interval.asDouble());
            }
            if (!left.isEmpty()) {
                log.add(clock.instant(), Level.WARNING, "settings not taken: " + left);
            }
            reportState();
        } catch (IOException e) {
            log.add(clock.instant(), Level.WARNING, "desired state is not JSON");
        }
    }

    private Outcome perform(String action, JsonNode params) {
        log.add(clock.instant(), Level.INFO, "asked for " + action);
        return switch (action) {
            case "ping" -> new Succeeded("pong");
            case "get_logs" -> logs.get(params);
            case "get_crash" -> crashes.get(params);
            case "self_test" -> new Succeeded(SelfTest.run(product, body.readings()));
            case "set_interval" -> boost(params);
            case "reboot" -> restart("requested");
            case "factory_reset" -> reset();
            case "shell" -> product.hasShell() ? shell.open(params) : unknown(action, product);
            default -> body.perform(action, params);
        };
    }

    private Outcome boost(JsonNode params) {
        Outcome outcome = BoostDesk.set(sampling, params);
        if (outcome instanceof Succeeded) {
            reportState();
        }
        return outcome;
    }

    private Outcome restart(String reason) {
        return body.restart(reason)
                ? new AfterReboot()
                : new Rejected("this device is not restarted from afar");
    }

    private Outcome reset() {
        Outcome outcome = restart("factory reset");
        if (outcome instanceof AfterReboot) {
            configuration.reset();
            sampling.reset();
            log.clear();
            crashes.clear();
        }
        return outcome;
    }

    /// How an unknown action is turned down.
    public static Outcome unknown(String action, Product product) {
        return new Rejected("there is no action '" + action + "'; there are "
                + String.join(", ", product.actions().stream().map(Product.Action::name).toList()));
    }
}
