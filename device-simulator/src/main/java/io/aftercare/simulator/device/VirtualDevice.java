package io.aftercare.simulator.device;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.simulator.action.Outcome;
import io.aftercare.simulator.action.Outcome.Succeeded;
import io.aftercare.simulator.link.Broker;
import io.aftercare.simulator.link.Link;
import io.aftercare.simulator.link.Receiver;
import io.aftercare.simulator.misbehaviour.Misbehaviour;
import io.aftercare.simulator.misbehaviour.Temper;
import io.aftercare.simulator.ota.Bootloader;
import io.aftercare.simulator.ota.Image;
import io.aftercare.simulator.ota.OtaAgent;
import io.aftercare.simulator.ota.OtaClient;
import io.aftercare.simulator.ota.PowerCut;
import io.aftercare.simulator.physics.Happening;
import io.aftercare.simulator.physics.Kind;
import io.aftercare.simulator.physics.Physics;
import io.aftercare.simulator.upload.Uploader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One simulated device: a body that obeys physics, a firmware that can be updated, a link that comes back. Runs on its
/// own virtual thread from [#start] to [#close]. Thread-safe.
public final class VirtualDevice implements DeviceAgent.Body, OtaAgent.Device, Receiver, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(VirtualDevice.class);

    private static final int LAST_WORDS = 50;
    private static final Duration CRASH_LOOP = Duration.ofSeconds(3);

    private final Kind kind;
    private final OtaClient.Setup setup;
    private final DeviceSettings settings;
    private final FaultPlan faults;
    private final Link link;
    private final DeviceAgent agent;
    private final OtaClient ota;
    private final Object body = new Object();
    private final Physics physics;
    private final Power power = new Power();
    private final Temper temper;
    private volatile Image firmware;
    private long advancedNanos = System.nanoTime();
    private final long startedNanos = advancedNanos;
    private long bootedNanos = advancedNanos;

    /// Wires a device; it stays off until [#start].
    ///
    /// @param setup who it is and how it updates; its memory decides the firmware it starts with
    public VirtualDevice(Kind kind, Broker broker, OtaClient.Setup setup, DeviceSettings settings,
            FaultPlan faults) {
        this(kind, broker, setup, settings, faults, kind.newBody(setup.random(), settings.pace()));
    }

    /// As the other, with a body that has lived already.
    public VirtualDevice(Kind kind, Broker broker, OtaClient.Setup setup, DeviceSettings settings,
            FaultPlan faults, Physics physics) {
        this.kind = kind;
        this.setup = setup;
        this.settings = settings;
        this.faults = faults;
        this.firmware = setup.memory().running();
        this.physics = physics;
        this.temper = settings.misbehaviour().of(setup.who().id(), this::elapsed);
        List<String> topics = Stream
                .concat(DeviceAgent.TOPICS.stream(), OtaClient.topics(setup.settings()).stream()).toList();
        this.link = new Link(broker, setup.who(), topics, settings.samplesMax(), setup.random());
        Uploader uploader = new Uploader(setup.http(), setup.who().token(), temper, Uploader.Pieces.USUAL);
        this.agent = new DeviceAgent(new DeviceAgent.Setup(setup.who().id(), link, kind.product(),
                settings.interval(), uploader, temper, setup.clock()), this);
        this.ota = new OtaClient(setup, this, (topic, payload) -> link.send(topic, payload, () -> {
        }));
    }

    public void start() {
        Thread.ofVirtual().name("device-" + setup.who().id()).start(this::live);
    }

    public String id() {
        return setup.who().id();
    }

    public String firmwareVersion() {
        return firmware.version();
    }

    public boolean isUp() {
        return link.isUp();
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - startedNanos);
    }

    private void live() {
        try {
            boot("power-on", false);
            while (true) {
                String reason = power.await(agent.untilNext());
                if (power.isClosed()) {
                    return;
                }
                if (reason.isEmpty()) {
                    tick();
                } else {
                    restart(reason, !power.isGone());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("{} broke", id(), e);
        }
    }

    private void boot(String reason, boolean requested) throws InterruptedException {
        firmware = startFirmware();
        synchronized (body) {
            advancedNanos = System.nanoTime();
            bootedNanos = advancedNanos;
        }
        link.start(this);
        agent.booted(reason, requested, setup.memory().content().boots());
        ota.started();
    }

    private Image startFirmware() throws InterruptedException {
        while (true) {
            try {
                return Bootloader.boot(setup.memory(), setup.failures());
            } catch (PowerCut e) {
                LOG.info("{} went dark: {}", id(), e.getMessage());
                power.pause(settings.bootTime());
            }
        }
    }

    private void restart(String reason, boolean requested) throws InterruptedException {
        LOG.info("{} restarts: {}", id(), reason);
        boolean silently = power.isGone();
        for (int i = 0; !silently && i < LAST_WORDS && link.isUp() && link.waiting() > 0; i++) {
            power.pause(Duration.ofMillis(20));
        }
        link.powerOff();
        if (silently) {
            link.forget();
        }
        ota.stopped();
        power.down();
        power.pause(settings.bootTime());
        synchronized (body) {
            physics.powerCycle(settings.bootTime().toMillis() / 1e3);
        }
        if (!power.isClosed()) {
            boot(reason, requested);
        }
    }

    private void tick() throws InterruptedException {
        List<Happening> happened;
        synchronized (body) {
            happened = advance();
        }
        agent.sample();
        for (Happening each : happened) {
            if (each.reboots()) {
                crash(each);
            } else {
                agent.event(each.code(), each.level(), each.message(),
                        Map.of("firmware", firmware.version()));
            }
        }
    }

    private void crash(Happening happening) throws InterruptedException {
        agent.crashed(happening.message(), firmware.version(), setup.memory().content().boots());
        restart("crash", false);
    }

    private List<Happening> advance() {
        long now = System.nanoTime();
        double seconds = (now - advancedNanos) / 1e9;
        advancedNanos = now;
        Set<String> broken = faults.active(id(), Duration.ofNanos(now - startedNanos));
        List<Happening> happened = new ArrayList<>(physics.advance(seconds, firmware.behaviour(), broken));
        if (temper.is(Misbehaviour.CRASH_LOOP) && now - bootedNanos > CRASH_LOOP.toNanos()) {
            happened.add(new Happening("crash", "critical", "segmentation fault in telemetryd", true));
        }
        return happened;
    }

    @Override
    public void connected() {
        LOG.debug("{} is connected", id());
    }

    @Override
    public void lost() {
        agent.lost();
    }

    @Override
    public void message(String topic, byte[] payload) {
        if (!agent.message(topic, payload) && !ota.message(topic, payload)) {
            LOG.debug("{} does not know what to do with {}", id(), topic);
        }
    }

    @Override
    public SequencedMap<String, Object> state() {
        SequencedMap<String, Object> state = new LinkedHashMap<>();
        state.put("firmware", firmware.version());
        state.put("hardware", setup.hardware());
        state.put("ip", "192.168." + Math.floorMod(id().hashCode() >> 8, 250) + "."
                + (Math.floorMod(id().hashCode(), 250) + 2));
        state.put("slot", setup.memory().content().boot().running().name());
        return state;
    }

    @Override
    public SequencedMap<String, Object> readings() {
        synchronized (body) {
            return physics.readings();
        }
    }

    @Override
    public Outcome perform(String action, JsonNode params) {
        synchronized (body) {
            return physics.perform(action).<Outcome>map(Succeeded::new)
                    .orElseGet(() -> DeviceAgent.unknown(action, kind.product()));
        }
    }

    @Override
    public boolean busy() {
        synchronized (body) {
            return physics.busy();
        }
    }

    @Override
    public boolean restart(String reason) {
        power.restart(reason);
        return true;
    }

    @Override
    public void reboot(String reason) {
        power.restart(reason);
    }

    @Override
    public void powerCut(String reason) {
        power.cut(reason);
    }

    @Override
    public OptionalDouble battery() {
        Map<String, Object> readings = readings();
        return Stream.of("battery_pct", "soc_pct").map(readings::get).filter(Number.class::isInstance)
                .mapToDouble(each -> ((Number) each).doubleValue()).findFirst();
    }

    @Override
    public void report(String release, String state, int progress, String error, Runnable acknowledged) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("release", release);
        report.put("state", state);
        if (progress >= 0) {
            report.put("progress", progress);
        }
        if (!error.isEmpty()) {
            report.put("error", error);
        }
        LOG.info("{} update {}: {}{}", id(), release, state, error.isEmpty() ? "" : ", " + error);
        link.send("ota/status", Link.json(report), acknowledged);
    }

    @Override
    public void close() {
        power.close();
        link.close();
    }
}
