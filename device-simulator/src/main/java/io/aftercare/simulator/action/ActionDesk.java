package io.aftercare.simulator.action;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.simulator.action.Outcome.AfterReboot;
import io.aftercare.simulator.action.Outcome.Failed;
import io.aftercare.simulator.action.Outcome.Lasting;
import io.aftercare.simulator.action.Outcome.Opened;
import io.aftercare.simulator.action.Outcome.Rejected;
import io.aftercare.simulator.action.Outcome.Silent;
import io.aftercare.simulator.action.Outcome.Succeeded;
import io.aftercare.simulator.misbehaviour.Misbehaviour;
import io.aftercare.simulator.misbehaviour.Temper;
import io.aftercare.simulator.ota.Times;
import java.io.IOException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Answers what arrives on `actions/{id}`. An action that was asked before gets its old answer again, instead of being
/// done twice; one that is past its `expires` is rejected. Thread-safe. Remembers the last [#REMEMBERED] actions, of which
/// [#RUNNING_MAX] may run.
///
/// | an action is | asked | taken back | ended | rebooted |
/// |---|---|---|---|---|
/// | unknown | done, running or for reboot | done: rejected | | |
/// | running | says `running` again | done: rejected | done | |
/// | for reboot | says `running` again | goes on | | done: succeeded |
/// | done | repeats its answer | repeats its answer | | |
public final class ActionDesk {
    private static final ObjectMapper JSON = new ObjectMapper();
    static final int REMEMBERED = 100;
    static final int RUNNING_MAX = 8;
    private static final long REMIND_SECONDS = 30;

    private final Performer performer;
    private final BiConsumer<String, Object> send;
    private final Temper temper;
    private final InstantSource clock;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private Optional<String> before = Optional.empty();

    /// Who does it.
    public interface Performer {
        Outcome perform(String action, JsonNode params);
    }

    private sealed interface Entry {
        /// @param answer to be repeated; empty where the device has gone silent over it
        record Done(Optional<ObjectNode> answer) implements Entry {}

        record Running(Asked asked, Thread thread) implements Entry {}

        record ForReboot(Asked asked) implements Entry {}
    }

    /// Wires a desk.
    ///
    /// @param send takes a topic below `devices/{id}/` and what to send there
    public ActionDesk(Performer performer, BiConsumer<String, Object> send, Temper temper,
            InstantSource clock) {
        this.performer = performer;
        this.send = send;
        this.temper = temper;
        this.clock = clock;
    }

    /// A message on `actions/{actionId}` has come.
    public synchronized void asked(String actionId, byte[] payload) {
        JsonNode json = parsed(payload);
        boolean isTakenBack = json.path("cancelled").asBoolean() && !temper.is(Misbehaviour.IGNORE_CANCEL);
        Asked asked = new Asked(actionId, json.path("action").asText(), json.path("params"),
                Times.parse(json.path("expires")));
        switch (entries.get(actionId)) {
            case Entry.Done done -> done.answer.ifPresent(answer -> tell(actionId, answer));
            case Entry.ForReboot _ -> tell(actionId, Answer.running());
            case Entry.Running running when isTakenBack -> {
                running.thread.interrupt();
                end(running.asked, Answer.rejected("cancelled"));
            }
            case Entry.Running _ -> tell(actionId, Answer.running());
            case null -> begin(asked, json, isTakenBack);
        }
    }

    private static JsonNode parsed(byte[] payload) {
        try {
            JsonNode json = JSON.readTree(payload);
            return json == null ? JSON.missingNode() : json;
        } catch (IOException e) {
            return JSON.missingNode();
        }
    }

    private void begin(Asked asked, JsonNode json, boolean isTakenBack) {
        switch (isTakenBack ? new Rejected("cancelled") : outcome(asked, json)) {
            case AfterReboot _ -> {
                remember(asked.id(), new Entry.ForReboot(asked));
                tell(asked.id(), Answer.running());
            }
            case Lasting lasting -> run(asked, lasting);
            case Outcome ended -> end(asked, ended);
        }
    }

    private Outcome outcome(Asked asked, JsonNode json) {
        if (!json.isObject()) {
            return new Rejected("the action is not JSON");
        }
        if (asked.expires().isPresent() && !clock.instant().isBefore(asked.expires().get())) {
            return new Rejected("expired");
        }
        if (temper.is(Misbehaviour.REJECT)) {
            return new Rejected("this device rejects everything");
        }
        return performer.perform(asked.action(), asked.params());
    }

    private void run(Asked asked, Lasting lasting) {
        if (entries.values().stream().filter(Entry.Running.class::isInstance).count() >= RUNNING_MAX) {
            end(asked, new Rejected("busy with " + RUNNING_MAX + " actions"));
            return;
        }
        Thread thread = Thread.ofVirtual().name("action-" + asked.id())
                .unstarted(() -> finish(asked, lasting));
        remember(asked.id(), new Entry.Running(asked, thread));
        tell(asked.id(), Answer.running());
        thread.start();
        remind(asked.id());
    }

    /// Says now and then that it still runs.
    private void remind(String actionId) {
        CompletableFuture.delayedExecutor(REMIND_SECONDS, TimeUnit.SECONDS, Thread::startVirtualThread)
                .execute(() -> {
                    synchronized (this) {
                        if (entries.get(actionId) instanceof Entry.Running) {
                            tell(actionId, Answer.running());
                            remind(actionId);
                        }
                    }
                });
    }

    private void finish(Asked asked, Lasting lasting) {
        try {
            Outcome outcome = lasting.work().finish();
            synchronized (this) {
                if (entries.get(asked.id()) instanceof Entry.Running) {
                    end(asked, outcome);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void end(Asked asked, Outcome outcome) {
        switch (outcome) {
            case Succeeded done -> end(asked, Answer.succeeded(done.output()));
            case Opened opened -> {
                end(asked, Answer.succeeded(opened.output()));
                opened.then().run();
            }
            case Failed failed -> end(asked, Answer.failed(failed.error()));
            case Rejected rejected -> end(asked, Answer.rejected(rejected.error()));
            case Silent _ -> remember(asked.id(), new Entry.Done(Optional.empty()));
            case AfterReboot _, Lasting _ -> throw new IllegalStateException(outcome + " is no end");
        }
    }

    private void end(Asked asked, ObjectNode honest) {
        remember(asked.id(), new Entry.Done(Optional.of(honest)));
        List<Telling> tellings = Telling.of(asked, honest, temper, before, clock.instant());
        before = Optional.of(asked.id());
        for (Telling each : tellings) {
            if (each.after().isPositive()) {
                CompletableFuture
                        .delayedExecutor(each.after().toMillis(), TimeUnit.MILLISECONDS,
                                Thread::startVirtualThread)
                        .execute(() -> tell(each.id(), each.answer()));
            } else {
                tell(each.id(), each.answer());
            }
        }
    }

    private void tell(String actionId, ObjectNode answer) {
        send.accept("actions/" + actionId + "/result", answer);
    }

    /// The device is up again: what waited for that is done, and what ran when it went down has failed.
    public synchronized void rebooted() {
        for (Entry entry : List.copyOf(entries.values())) {
            switch (entry) {
                case Entry.ForReboot waiting -> end(waiting.asked, Answer.succeeded("restarted"));
                case Entry.Running running -> {
                    running.thread.interrupt();
                    end(running.asked, Answer.failed("the device restarted meanwhile"));
                }
                case Entry.Done _ -> {
                }
            }
        }
    }

    private void remember(String actionId, Entry entry) {
        entries.remove(actionId);
        entries.put(actionId, entry);
        if (entries.size() > REMEMBERED) {
            @Nullable
            String oldest = entries.entrySet().stream().filter(each -> each.getValue() instanceof Entry.Done)
                    .map(Map.Entry::getKey).findFirst().orElse(null);
            entries.remove(oldest == null ? entries.keySet().iterator().next() : oldest);
        }
    }
}
