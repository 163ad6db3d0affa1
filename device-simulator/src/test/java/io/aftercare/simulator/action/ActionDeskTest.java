package io.aftercare.simulator.action;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aftercare.simulator.Vectors;
import io.aftercare.simulator.Waiting;
import io.aftercare.simulator.action.Outcome.AfterReboot;
import io.aftercare.simulator.action.Outcome.Lasting;
import io.aftercare.simulator.action.Outcome.Opened;
import io.aftercare.simulator.action.Outcome.Rejected;
import io.aftercare.simulator.action.Outcome.Silent;
import io.aftercare.simulator.action.Outcome.Succeeded;
import io.aftercare.simulator.misbehaviour.Misbehaviour;
import io.aftercare.simulator.misbehaviour.Temper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ActionDeskTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final List<String> sent = new CopyOnWriteArrayList<>();
    private final AtomicInteger performed = new AtomicInteger();
    private final CountDownLatch release = new CountDownLatch(1);
    private Instant now = Instant.parse("2026-05-31T23:59:59Z");

    private ActionDesk desk(Misbehaviour... misbehaviours) {
        Temper temper = List.of(misbehaviours)::contains;
        return new ActionDesk((action, _) -> {
            performed.incrementAndGet();
            return switch (action) {
                case "ping" -> new Succeeded("pong");
                case "reboot" -> new AfterReboot();
                case "shell" -> new Opened("open", () -> sent.add("the terminal"));
                case "vanish" -> new Lasting(Silent::new);
                case "work" -> new Lasting(() -> {
                    release.await();
                    return new Succeeded("worked");
                });
                default -> new Rejected("no");
            };
        }, (topic, value) -> sent.add(topic + " " + value), temper, (InstantSource) () -> now);
    }

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] action(String name) {
        return bytes("{\"action\":\"" + name + "\"}");
    }

    @Test
    void anActionAskedTwiceIsDoneOnce() {
        ActionDesk desk = desk();
        desk.asked("a1", action("ping"));
        desk.asked("a1", action("ping"));
        assertThat(sent).hasSize(2).allMatch(each -> each.contains("succeeded"));
        assertThat(performed).hasValue(1);
    }

    @Test
    void answersAreAsInTheVectorsAndAnExpiredActionIsRejected() throws IOException {
        JsonNode vectors = Vectors.read("messages.json");
        byte[] action = bytes(vectors.at("/action/payload").toString());
        desk().asked("a-17", action);
        now = Instant.parse("2026-06-01T00:00:01Z");
        desk().asked("a-17", action);
        assertThat(JSON.readTree(sent.get(0).substring(sent.get(0).indexOf(' '))))
                .isEqualTo(vectors.at("/actionSucceeded/payload"));
        assertThat(JSON.readTree(sent.get(1).substring(sent.get(1).indexOf(' '))))
                .isEqualTo(vectors.at("/actionExpired/payload"));
        assertThat(performed).hasValue(1);
    }

    @Test
    void aRebootRunsUntilTheDeviceIsUpAgain() {
        ActionDesk desk = desk();
        desk.asked("a1", action("reboot"));
        assertThat(sent).containsExactly("actions/a1/result {\"status\":\"running\"}");
        desk.rebooted();
        desk.rebooted();
        assertThat(sent).hasSize(2).last().asString().contains("succeeded");
    }

    @Test
    void whatIsNoJsonIsRejected() {
        desk().asked("a1", bytes("reboot!"));
        desk().asked("a2", bytes(""));
        desk().asked("a3", bytes("[1]"));
        assertThat(sent).hasSize(3).allMatch(each -> each.contains("rejected"));
    }

    @Test
    void whatLastsSaysThatItRunsAndThenHowItEnded() {
        ActionDesk desk = desk();
        desk.asked("a1", action("work"));
        desk.asked("a1", action("work"));
        assertThat(sent).hasSize(2).allMatch(each -> each.contains("running"));
        release.countDown();
        Waiting.until("the end", () -> sent.size() == 3);
        assertThat(sent.getLast()).contains("worked");
        assertThat(performed).hasValue(1);
    }

    @Test
    void whatFollowsAnAnswerComesAfterIt() {
        desk().asked("a1", action("shell"));
        assertThat(sent).hasSize(2).last().isEqualTo("the terminal");
    }

    @Test
    void whatRunsWhenTheDeviceGoesDownHasFailed() {
        ActionDesk desk = desk();
        desk.asked("a1", action("work"));
        desk.rebooted();
        release.countDown();
        assertThat(sent.getLast()).contains("failed").contains("restarted");
        desk.asked("a1", action("work"));
        assertThat(sent.getLast()).contains("failed");
        assertThat(performed).hasValue(1);
    }

    @Test
    void whatIsTakenBackBeforeItCameIsNeverDone() {
        ActionDesk desk = desk();
        desk.asked("a1", bytes("{\"cancelled\":true}"));
        desk.asked("a1", action("ping"));
        assertThat(sent).hasSize(2).allMatch(each -> each.contains("rejected"));
        assertThat(performed).hasValue(0);
    }

    @Test
    void whatIsTakenBackWhileItRunsEndsAndWhatIsDoneStaysDone() {
        ActionDesk desk = desk();
        desk.asked("a1", action("work"));
        desk.asked("a1", bytes("{\"cancelled\":true}"));
        assertThat(sent.getLast()).contains("rejected").contains("cancelled");
        desk.asked("a2", action("ping"));
        desk.asked("a2", bytes("{\"cancelled\":true}"));
        assertThat(sent.getLast()).contains("succeeded");
    }

    @Test
    void tooManyAtOnceAreRejectedAndTheOldestAnswersAreForgotten() {
        ActionDesk desk = desk();
        for (int i = 0; i <= ActionDesk.RUNNING_MAX; i++) {
            desk.asked("w" + i, action("work"));
        }
        assertThat(sent.getLast()).contains("rejected").contains("busy");
        for (int i = 0; i < ActionDesk.REMEMBERED * 2; i++) {
            desk.asked("p" + i, action("ping"));
        }
        int before = performed.get();
        desk.asked("w0", action("work"));
        assertThat(performed).as("what runs is never forgotten").hasValue(before);
        desk.asked("p0", action("ping"));
        assertThat(performed).hasValue(before + 1);
        release.countDown();
    }

    @Test
    void misbehavingAnswersAreAsTheirNamesSay() {
        desk(Misbehaviour.NEVER_ANSWER).asked("a1", action("ping"));
        assertThat(sent).isEmpty();
        desk(Misbehaviour.ANSWER_TWICE).asked("a1", action("ping"));
        assertThat(sent).hasSize(2);
        assertThat(sent.getFirst()).contains("pong");
        assertThat(sent.getLast()).contains("failed");
        sent.clear();
        ActionDesk other = desk(Misbehaviour.ANSWER_OTHER);
        other.asked("a1", action("ping"));
        other.asked("a2", action("ping"));
        assertThat(sent.getFirst()).startsWith("actions/a1x/");
        assertThat(sent.getLast()).startsWith("actions/a1/");
        sent.clear();
        desk(Misbehaviour.REJECT).asked("a1", action("ping"));
        desk(Misbehaviour.BAD_OUTPUT).asked("a2", action("ping"));
        assertThat(sent.getFirst()).contains("rejected");
        assertThat(sent.getLast()).contains("\"upload\":false");
        sent.clear();
        desk(Misbehaviour.IGNORE_CANCEL).asked("a3", bytes("{\"action\":\"ping\",\"cancelled\":true}"));
        assertThat(sent.getFirst()).contains("pong");
        sent.clear();
        desk(Misbehaviour.TOO_LONG).asked("a4", action("ping"));
        assertThat(sent.getFirst()).hasSizeGreaterThan(64 * 1024);
    }

    @Test
    void aLateAnswerComesASecondAfterTheExpiry() {
        Asked asked = new Asked("a1", "ping", JSON.missingNode(), Optional.of(now.plusSeconds(5)));
        Temper late = List.of(Misbehaviour.LATE_ANSWER)::contains;
        assertThat(Telling.of(asked, Answer.running(), late, Optional.empty(), now)).singleElement()
                .satisfies(each -> assertThat(each.after()).hasSeconds(6));
        assertThat(Telling.of(asked, Answer.running(), late, Optional.empty(),
                now.minusSeconds(3_600))).singleElement()
                .satisfies(each -> assertThat(each.after()).isEqualTo(Telling.LATE));
    }

    @Test
    void whoGoesSilentSaysNothingMoreWhenAskedAgain() {
        ActionDesk desk = desk();
        desk.asked("a1", action("vanish"));
        assertThat(sent).first().asString().contains("running");
        Waiting.until("silence", () -> {
            int before = sent.size();
            desk.asked("a1", action("vanish"));
            return sent.size() == before;
        });
        assertThat(performed).hasValue(1);
    }
}
