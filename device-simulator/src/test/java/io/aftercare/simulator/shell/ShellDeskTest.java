package io.aftercare.simulator.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aftercare.simulator.Waiting;
import io.aftercare.simulator.action.Outcome;
import io.aftercare.simulator.action.Outcome.Opened;
import io.aftercare.simulator.action.Outcome.Rejected;
import io.aftercare.simulator.link.Sender;
import io.aftercare.simulator.misbehaviour.Misbehaviour;
import io.aftercare.simulator.misbehaviour.Temper;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class ShellDeskTest implements Sender {
    private final List<String> sent = new CopyOnWriteArrayList<>();

    @Override
    public void send(String topic, Object value) {
        sent.add(topic + " " + value);
    }

    @Override
    public void telemetry(long ts, Map<String, Object> values) {
        throw new AssertionError("a shell takes no samples");
    }

    @Override
    public int waiting() {
        return 0;
    }

    private ShellDesk desk(Misbehaviour... misbehaviours) {
        Temper temper = List.of(misbehaviours)::contains;
        return new ShellDesk("D-1", new Tree(Map.of()), this, temper);
    }

    private static Outcome open(ShellDesk desk, String session, int seconds) throws JsonProcessingException {
        Outcome outcome = desk.open(new ObjectMapper()
                .readTree("{\"session\":\"" + session + "\",\"seconds\":" + seconds + "}"));
        if (outcome instanceof Opened opened) {
            opened.then().run();
        }
        return outcome;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void thereIsOneAtATimeAndItEndsInTime() throws JsonProcessingException {
        ShellDesk desk = desk();
        assertThat(open(desk, "s1", 1)).isInstanceOf(Opened.class);
        assertThat(open(desk, "s2", 60)).isInstanceOf(Rejected.class);
        Waiting.until("the time is over", () -> sent.getLast().contains("\"close\":\"time\""));
        assertThat(open(desk, "s3", 60)).isInstanceOf(Opened.class);
        desk.lost();
    }

    @Test
    void aSessionThatCannotBeIsRejected() throws JsonProcessingException {
        assertThat(open(desk(), "S 1", 60)).isInstanceOf(Rejected.class);
        assertThat(open(desk(), "s1", 1_801)).isInstanceOf(Rejected.class);
        assertThat(open(desk(), "s1", 0)).isInstanceOf(Rejected.class);
        assertThat(sent).isEmpty();
    }

    @Test
    void whatIsTypedIntoALostSessionIsNotHeardAndAnUnknownOneIsClosed() throws JsonProcessingException {
        ShellDesk desk = desk();
        open(desk, "s1", 60);
        desk.lost();
        sent.clear();
        desk.heard("s1", bytes("{\"seq\":1,\"data\":\"bHMN\"}"));
        assertThat(sent).isEmpty();
        desk.heard("s1", bytes("{\"seq\":2,\"close\":\"gone\"}"));
        assertThat(sent).singleElement().asString().contains("\"seq\":0").contains("close");
    }

    @Test
    void aFloodGoesOnAfterACloseUntilTheConnectionIsLost() throws JsonProcessingException {
        ShellDesk desk = desk(Misbehaviour.FLOOD_SHELL);
        open(desk, "s1", 60);
        desk.heard("s1", bytes("{\"seq\":1,\"close\":\"enough\"}"));
        int atClose = sent.size();
        Waiting.until("more", () -> sent.size() > atClose + 10);
        desk.lost();
        assertThat(sent.size()).as("and has an end").isLessThan(4_200);
    }
}
