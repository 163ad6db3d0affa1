package io.aftercare.benchmarks.action;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.benchmarks.machine.Await;
import io.aftercare.benchmarks.machine.Machine;
import io.aftercare.benchmarks.machine.OpenFiles;
import io.aftercare.benchmarks.machine.Scratch;
import io.aftercare.benchmarks.peer.Backend;
import io.aftercare.benchmarks.peer.BenchFleet;
import io.aftercare.benchmarks.peer.Broker;
import io.aftercare.benchmarks.peer.Mosquitto;
import io.aftercare.simulator.credentials.Credential;
import io.aftercare.simulator.staff.StaffApi;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/// Asks for actions at a steady rate, each of another device among many that are connected, and takes the time until the device has
/// it. Before, the same devices at Mosquitto, and messages for them.
public final class ActionRun {
    /// Files that a process has open beside connections.
    private static final int OTHER_FILES = 600;
    private static final int ASKING_AT_ONCE = 16;
    private static final String RESULT = "{\"status\":\"succeeded\",\"output\":\"pong\"}";

    private final Options options;
    private final Consumer<String> progress;

    /// @param connections devices that are connected
    /// @param actions     that are timed
    /// @param warmUp      actions before that, which do not count
    /// @param perSecond   that are asked for
    public record Options(int connections, int actions, int warmUp, int perSecond, Path folder, Path jar,
            List<String> jvm) {
        public Options {
            if (connections < 1 || actions < 1 || warmUp < 0 || perSecond < 1) {
                throw new IllegalArgumentException("connections, actions and their rate are at least 1");
            }
        }
    }

    public ActionRun(Options options, Consumer<String> progress) {
        this.options = options;
        this.progress = progress;
    }

    public ActionReport run() throws IOException, SQLException, InterruptedException {
        int connections = (int) Math.min(options.connections(), OpenFiles.max() - OTHER_FILES);
        try (Scratch scratch = Scratch.in(options.folder())) {
            Machine machine = Machine.here(scratch.path());
            double[] peer;
            try (Mosquitto mosquitto = Mosquitto.start(scratch.path())) {
                peer = forwarded(mosquitto.broker(connections + ASKING_AT_ONCE));
            }
            Map<String, String> rates = Map.of("AFTERCARE_REMOTE_ACTIONS_PER_PERSON", "1000000",
                    "AFTERCARE_REMOTE_ACTIONS_PER_FLEET", "1000000");
            try (Backend backend = Backend
                    .start(new Backend.Setup(options.jar(), scratch.path().resolve("data"),
                            scratch.path().resolve("aftercare.log"), options.jvm(), rates))) {
                new BenchFleet(backend.login()).product();
                double[] own = asked(backend.login(),
                        backend.broker(BenchFleet.insert(backend.postgres(), 1, connections)));
                scratch.done();
                return new ActionReport(machine, connections, options.perSecond(), own, peer);
            }
        }
    }

    /// Brings a message to a device by one way or another.
    private interface Way {
        void send(Receiver device) throws IOException, InterruptedException;
    }

    private double[] asked(StaffApi api, Broker broker) throws IOException, InterruptedException {
        ObjectNode ping = JsonNodeFactory.instance.objectNode().put("action", "ping");
        try (Receivers receivers = Receivers.of(broker)) {
            progress.accept("%s: %,d connected".formatted(broker.name(), receivers.all().size()));
            List<Way> ways = new ArrayList<>();
            for (int i = 0; i < ASKING_AT_ONCE; i++) {
                ways.add(device -> api.post("/devices/" + device.id() + "/actions", ping).orFail());
            }
            return timed(receivers, ways, true);
        }
    }

    private double[] forwarded(Broker broker) throws IOException, InterruptedException {
        List<Credential> devices = broker.devices();
        int receiving = devices.size() - ASKING_AT_ONCE;
        try (Receivers receivers = Receivers.of(new Broker(broker.name(), broker.port(),
                devices.subList(0, receiving), broker.processes()));
                Receivers senders = Receivers.of(new Broker(broker.name(), broker.port(),
                        devices.subList(receiving, devices.size()), broker.processes()))) {
            progress.accept("%s: %,d connected".formatted(broker.name(), receiving));
            List<Way> ways = new ArrayList<>();
            for (Receiver sender : senders.all()) {
                ways.add(device -> sender.publish("devices/" + device.id() + "/actions/a1",
                        "{\"action\":\"ping\",\"params\":{},\"expires\":\"2030-01-01T00:00:00Z\"}"));
            }
            return timed(receivers, ways, false);
        }
    }

    /// Milliseconds from the request to the device, sorted. Devices take turns, so that none is asked too often.
    private double[] timed(Receivers receivers, List<Way> ways, boolean answer)
            throws IOException, InterruptedException {
        run(receivers, ways, answer, options.warmUp());
        double[] millis = run(receivers, ways, answer, options.actions());
        Arrays.sort(millis);
        return millis;
    }

    private double[] run(Receivers receivers, List<Way> ways, boolean answer, int count)
            throws IOException, InterruptedException {
        double[] millis = new double[count];
        long start = System.nanoTime();
        List<Future<?>> shares = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(2 * ways.size())) {
            for (int share = 0; share < ways.size(); share++) {
                int first = share;
                shares.add(threads.submit(() -> {
                    for (int i = first; i < count; i += ways.size()) {
                        untilDue(start + i * 1_000_000_000L / options.perSecond());
                        int place = (int) ((long) i * receivers.all().size() / count);
                        millis[i] = once(receivers.all().get(place), ways.get(first), threads, answer);
                    }
                    return null;
                }));
            }
            for (Future<?> share : shares) {
                share.get();
            }
        } catch (ExecutionException e) {
            throw new IOException("an action did not arrive: " + e.getCause(), e);
        }
        return millis;
    }

    /// One message. The device listens on this thread, the request is made on another: the message may be there before its answer.
    private static double once(Receiver device, Way way, ExecutorService threads, boolean answer)
            throws IOException, InterruptedException, ExecutionException {
        long start = System.nanoTime();
        Future<?> sent = threads.submit(() -> {
            way.send(device);
            return null;
        });
        String topic = device.await();
        double millis = (System.nanoTime() - start) / 1e6;
        sent.get();
        if (answer) {
            device.publish(topic + "/result", RESULT);
        }
        return millis;
    }

    private static void untilDue(long nanos) throws InterruptedException {
        long left = nanos - System.nanoTime();
        if (left > 0) {
            Await.pause(Duration.ofNanos(left));
        }
    }
}
