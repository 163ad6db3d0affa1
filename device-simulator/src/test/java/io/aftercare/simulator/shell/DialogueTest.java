package io.aftercare.simulator.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DialogueTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Tree tree = new Tree(
            Map.of("/etc/hostname", () -> "D-1\n", "/var/log/messages", () -> "a line\n",
                    "/etc/net/wifi", () -> "on\n"));

    private Dialogue dialogue() {
        return new Dialogue(new Terminal(new Commands("D-1", tree)));
    }

    private static ObjectNode data(long seq, String text) {
        return JSON.createObjectNode().put("seq", seq).put("data",
                Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String text(List<ObjectNode> messages) {
        StringBuilder text = new StringBuilder();
        for (JsonNode each : messages) {
            text.append(new String(Base64.getDecoder().decode(each.path("data").asText()),
                    StandardCharsets.UTF_8));
        }
        return text.toString();
    }

    private static String close(List<ObjectNode> messages) {
        return messages.getLast().path("close").asText();
    }

    @Test
    void aCommandIsEchoedAndAnswered() {
        Dialogue dialogue = dialogue();
        assertThat(text(dialogue.greeting())).contains("D-1:/$ ");
        assertThat(text(dialogue.heard(data(1, "cat /etc/hostname\r")))).isEqualTo(
                "cat /etc/hostname\r\nD-1\r\nD-1:/$ ");
        assertThat(text(dialogue.heard(data(2, "cd etc/net/..\rls\r")))).contains("hostname\r\nnet/\r\n");
        assertThat(text(dialogue.heard(data(3, "lsx\u007f\r")))).contains("hostname");
        assertThat(text(dialogue.heard(data(4, "abc\u0003")))).endsWith("^C\r\nD-1:/etc$ ");
    }

    @Test
    void nothingOfTheHostIsThere() {
        Dialogue dialogue = dialogue();
        String shown = text(dialogue.heard(data(1,
                "cat /etc/passwd\rcat ../../../etc/passwd\rsh -c id\rls /home\rcat /proc/self/environ\rrm -rf /\r")));
        assertThat(shown).doesNotContain("root:").doesNotContain("uid=").contains("no such file")
                .contains("sh: not permitted").contains("rm: not permitted");
    }

    @Test
    void aRepetitionIsDroppedAndAGapEndsIt() {
        Dialogue dialogue = dialogue();
        assertThat(dialogue.heard(data(1, "a"))).hasSize(1);
        assertThat(dialogue.heard(data(1, "a"))).isEmpty();
        List<ObjectNode> after = dialogue.heard(data(3, "c"));
        assertThat(close(after)).isEqualTo("gap");
        assertThat(dialogue.isOpen()).isFalse();
        assertThat(dialogue.heard(data(4, "d"))).isEmpty();
        assertThat(dialogue.heard(JSON.createObjectNode().put("seq", 5).put("close", "bye")).getFirst()
                .path("seq").asInt()).isZero();
    }

    @Test
    void exitEndsItAndACloseIsAnswered() {
        assertThat(close(dialogue().heard(data(1, "exit\r")))).isEqualTo("exit");
        assertThat(close(dialogue().heard(data(1, "\u0004")))).isEqualTo("exit");
        assertThat(close(dialogue().heard(JSON.createObjectNode().put("seq", 1).put("close", "killed"))))
                .isEqualTo("closed");
    }

    @Test
    void outputHasAnEnd() {
        Dialogue dialogue = dialogue();
        long bytes = 0;
        long seq = 0;
        while (dialogue.isOpen()) {
            seq++;
            List<ObjectNode> out = dialogue.heard(data(seq, "yes\ryes\ryes\ryes\ryes\ryes\r"));
            bytes += text(out).length();
            assertThat(out).allSatisfy(each -> assertThat(each.path("data").asText().length())
                    .isLessThanOrEqualTo(Dialogue.MESSAGE_BYTES_MAX * 4 / 3 + 4));
            assertThat(bytes).isLessThanOrEqualTo(Dialogue.OUTPUT_BYTES_MAX);
            if (!dialogue.isOpen()) {
                assertThat(close(out)).isEqualTo("limit");
            }
        }
        assertThat(bytes).isGreaterThan(Dialogue.OUTPUT_BYTES_MAX * 9L / 10);
    }

    @Test
    void whatIsNoBase64IsNotTyped() {
        assertThat(close(dialogue().heard(JSON.createObjectNode().put("seq", 1).put("data", "%%"))))
                .isEqualTo("gap");
    }

    /// Messages that are lost, repeated and late, beside a plain model: what was typed is a prefix of what was sent, nothing of it
    /// twice; the output's numbers have no hole; and after the end nothing is said but `close` with number 0.
    @Test
    void whateverHappensOnTheWayWhatIsTypedIsAPrefixOfWhatWasSent() {
        for (long seed = 1; seed <= 2_000; seed++) {
            Random random = new Random(seed);
            Dialogue dialogue = dialogue();
            List<ObjectNode> out = new ArrayList<>(dialogue.greeting());
            StringBuilder model = new StringBuilder();
            long next = 1;
            boolean open = true;
            for (int step = 0; step < 40; step++) {
                long seq = Math.max(1, next + (random.nextInt(12) == 0 ? random.nextInt(5) - 2 : 0));
                boolean isClose = random.nextInt(60) == 0;
                String typed = Character.toString('a' + (int) (seq % 26));
                List<ObjectNode> answer = dialogue.heard(
                        isClose
                                ? JSON.createObjectNode().put("seq", seq).put("close", "x")
                                : data(seq, typed));
                if (!open) {
                    assertThat(answer).as("seed %d", seed).allMatch(each -> each.path("seq").asInt() == 0)
                            .hasSize(isClose ? 1 : 0);
                } else if (isClose || seq > next) {
                    assertThat(close(answer)).as("seed %d", seed).isEqualTo(isClose ? "closed" : "gap");
                    open = false;
                } else if (seq == next) {
                    model.append(typed);
                    next++;
                } else {
                    assertThat(answer).isEmpty();
                }
                out.addAll(answer);
                assertThat(dialogue.isOpen()).isEqualTo(open);
            }
            assertThat(text(out)).as("seed %d", seed).endsWith("$ " + model);
            long number = 0;
            for (JsonNode each : out) {
                if (each.path("seq").asLong() > 0) {
                    number++;
                    assertThat(each.path("seq").asLong()).as("seed %d", seed).isEqualTo(number);
                }
            }
        }
    }
}
