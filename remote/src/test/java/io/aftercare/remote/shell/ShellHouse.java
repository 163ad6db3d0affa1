package io.aftercare.remote.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.TestApi.Answer;
import io.aftercare.remote.RemoteConfig;
import io.aftercare.remote.Surroundings.Consent;
import io.aftercare.remote.Surroundings.Purpose;
import io.aftercare.remote.TestRemote;
import io.aftercare.remote.action.ActionConfig;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A house with shells turned on, two engineers, a device that is there, and its customer's consent.
final class ShellHouse implements AutoCloseable {
    static final String ANNA = "anna:engineer";
    static final String BEN = "ben:engineer";
    static final DeviceId DEVICE = new DeviceId("SN-1");
    static final String WISH = "{\"ticket\":\"T-1\",\"why\":\"the spooler hangs\",\"minutes\":10,\"confirm\":\"SN-1\"}";

    final TestRemote house;

    ShellHouse() {
        this(ShellLimits.defaults(true));
    }

    ShellHouse(ShellLimits limits) {
        // A test asks for more in a minute than people do.
        house = new TestRemote(RemoteConfig.defaults()
                .with(new ActionConfig(ActionConfig.DEFAULT.consent(), 10_000, 10_000, 10_000)).with(limits));
        house.device("SN-1", "eu", "berlin");
        house.openTickets.add("T-1");
        house.consents.put(Purpose.SHELL, Consent.GIVEN);
        house.connected = true;
        allow(true);
    }

    void allow(boolean shell) {
        house.database.jdbi().useHandle(handle -> handle.createUpdate(
                """
                        UPDATE fleet.product SET document = document || jsonb_build_object('shell', :shell), version = version + 1""")
                .bind("shell", shell).execute());
    }

    Terminals terminals() {
        return house.remote.terminals();
    }

    Answer ask(String who, String body) throws Exception {
        return house.as(who, "POST", "/devices/SN-1/shells", body);
    }

    /// A session that Anna asked for.
    String requested() throws Exception {
        Answer answer = ask(ANNA, WISH);
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        return answer.json().path("id").asText();
    }

    /// One that Ben approved, too.
    String opening() throws Exception {
        String id = requested();
        Answer answer = post(BEN, id, "approve", null);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return id;
    }

    /// One that the device opened, too.
    String open() throws Exception {
        String id = opening();
        answer(id, "{\"status\":\"succeeded\"}");
        assertThat(state(id)).isEqualTo("open");
        return id;
    }

    void answer(String id, String result) throws Exception {
        house.remote.actions().result(DEVICE, shell(id).path("action").asText(), Json.parse(result));
    }

    Answer post(String who, String id, String what, @Nullable String body) throws Exception {
        return house.as(who, "POST", "/shells/" + id + "/" + what, body);
    }

    JsonNode shell(String id) throws Exception {
        return house.as(ANNA, "GET", "/shells/" + id, null).json();
    }

    String state(String id) throws Exception {
        return shell(id).path("state").asText();
    }

    String reason(String id) throws Exception {
        return shell(id).path("reason").asText();
    }

    /// What the device sends.
    void shows(String id, int seq, String text) {
        says(id, "{\"seq\":" + seq + ",\"data\":\""
                + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)) + "\"}");
    }

    void says(String id, String payload) {
        terminals().output(DEVICE, id, payload.getBytes(StandardCharsets.UTF_8));
    }

    /// What the device heard in a session.
    List<JsonNode> heard(String id) {
        String topic = "SN-1/shell/" + id + "/input ";
        return house.sent.stream().filter(line -> line.startsWith(topic))
                .map(line -> Json.parse(line.substring(topic.length()))).toList();
    }

    String recording(String id) throws Exception {
        Answer answer = house.as(ANNA, "GET", "/shells/" + id + "/recording", null);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo("application/x-asciicast");
        return answer.text();
    }

    JsonNode verdict(String id) throws Exception {
        return house.as(ANNA, "GET", "/shells/" + id + "/recording/verify", null).json();
    }

    /// Audit entries of a deed, the oldest first.
    List<JsonNode> audited(String deed) {
        return house.database.jdbi().withHandle(handle -> handle
                .createQuery("SELECT detail FROM fleet.audit WHERE action = :deed ORDER BY id")
                .bind("deed", deed)
                .mapTo(String.class).list()).stream().map(Json::parse).toList();
    }

    double dropped(String why) {
        return house.meters.counter("aftercare.remote.shell.dropped", "why", why).count();
    }

    @Override
    public void close() {
        house.close();
    }
}
