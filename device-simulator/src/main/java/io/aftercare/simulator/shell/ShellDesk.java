package io.aftercare.simulator.shell;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.simulator.action.Outcome;
import io.aftercare.simulator.action.Outcome.Rejected;
import io.aftercare.simulator.link.Sender;
import io.aftercare.simulator.misbehaviour.Misbehaviour;
import io.aftercare.simulator.misbehaviour.Temper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A device's terminal for people far away: one at a time, for a while, until the connection is lost. Thread-safe.
public final class ShellDesk {
    public static final String TOPICS = "shell/+/input";
    private static final Logger LOG = LoggerFactory.getLogger(ShellDesk.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SECONDS_MAX = 1_800;
    private static final long FLOOD_MESSAGES_MAX = 4_096;

    private final String device;
    private final Tree tree;
    private final Sender sender;
    private final Temper temper;
    private Optional<Session> session = Optional.empty();

    /// @param ended counted down when it is over
    private record Session(String id, Dialogue dialogue, Duration time, CountDownLatch ended) {}

    public ShellDesk(String device, Tree tree, Sender sender, Temper temper) {
        this.device = device;
        this.tree = tree;
        this.sender = sender;
        this.temper = temper;
    }

    /// Opens a session; what it shows comes after the answer.
    public synchronized Outcome open(JsonNode params) {
        String id = params.path("session").asText();
        int seconds = params.path("seconds").asInt();
        if (!id.matches("[a-z0-9]{1,40}") || seconds < 1 || seconds > SECONDS_MAX) {
            return new Rejected("a shell needs a session of [a-z0-9]{1,40} and 1 to " + SECONDS_MAX
                    + " seconds");
        }
        if (session.isPresent() && session.get().dialogue.isOpen()) {
            return new Rejected("there is a shell already, " + session.get().id);
        }
        Dialogue dialogue = new Dialogue(new Terminal(new Commands(device, tree)));
        session = Optional.of(new Session(id, dialogue, Duration.ofSeconds(seconds), new CountDownLatch(1)));
        return new Outcome.Opened(Map.of("session", id), () -> began(id));
    }

    private synchronized void began(String id) {
        Session opened = session.orElseThrow();
        Thread.ofVirtual().name("shell-" + id).start(() -> endInTime(opened));
        send(id, opened.dialogue.greeting());
        if (temper.is(Misbehaviour.FLOOD_SHELL)) {
            Thread.ofVirtual().name("flood-" + id).start(() -> flood(opened));
        }
    }

    private void endInTime(Session opened) {
        try {
            if (!opened.ended.await(opened.time.toMillis(), TimeUnit.MILLISECONDS)) {
                synchronized (this) {
                    send(opened.id, opened.dialogue.end("time"));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// A message on `shell/{session}/input`.
    public synchronized void heard(String id, byte[] payload) {
        JsonNode message = parsed(payload);
        if (session.isPresent() && session.get().id.equals(id)) {
            send(id, session.get().dialogue.heard(message));
            if (!session.get().dialogue.isOpen()) {
                endClock(session.get());
            }
        } else if (message.has("close")) {
            send(id, List.of(Dialogue.unknownClose()));
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

    private void send(String id, List<ObjectNode> messages) {
        messages.forEach(each -> sender.send("shell/" + id + "/output", each));
    }

    /// The connection is lost, or the device goes down: a shell does not outlive it.
    public synchronized void lost() {
        session.ifPresent(each -> {
            each.dialogue.lost();
            each.ended.countDown();
        });
        session = Optional.empty();
    }

    // who floods does not hear that it is closed
    private void endClock(Session closed) {
        if (!temper.is(Misbehaviour.FLOOD_SHELL)) {
            closed.ended.countDown();
        }
    }

    private void flood(Session opened) {
        String data = Base64.getEncoder()
                .encodeToString("flood ".repeat(2_700).getBytes(StandardCharsets.US_ASCII));
        long seq = 2;
        try {
            while (seq < FLOOD_MESSAGES_MAX
                    && !opened.ended.await(sender.waiting() > 20 ? 5 : 0, TimeUnit.MILLISECONDS)) {
                if (sender.waiting() <= 20) {
                    sender.send("shell/" + opened.id + "/output",
                            JSON.createObjectNode().put("seq", seq).put("data", data));
                    seq++;
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("{} stopped flooding", device);
            Thread.currentThread().interrupt();
        }
    }
}
