package io.aftercare.ingest.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.aftercare.fleet.device.Device;
import io.aftercare.ingest.Harness;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// When the will of a device is published: MQTT 5.0, 3.1.2.5 and 3.1.3.2.2.
class WillsIT {
    private static Harness harness;

    @BeforeAll
    static void start() {
        harness = new Harness();
    }

    @AfterAll
    static void stop() {
        harness.close();
    }

    private static void text(ByteArrayOutputStream to, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        to.write(bytes.length >> 8);
        to.write(bytes.length);
        to.writeBytes(bytes);
    }

    /// Connects with a will, an event with the code `gone`.
    private static RawClient connect(String id, boolean clean, int expiry, int delay) throws IOException {
        var body = new ByteArrayOutputStream();
        text(body, "MQTT");
        body.writeBytes(
                new byte[]{5, (byte) (0xc4 | (clean ? 2 : 0)), 0, 30, 5, 0x11, 0, 0, 0, (byte) expiry});
        text(body, id);
        body.writeBytes(new byte[]{5, 0x18, 0, 0, 0, (byte) delay});
        text(body, "devices/" + id + "/event");
        text(body, "{\"code\":\"gone\",\"message\":\"" + id + "\"}");
        text(body, id);
        text(body, Harness.token(id));
        RawClient client = new RawClient(harness.port());
        client.send(RawClient.packet(0x10, body.toByteArray()));
        assertThat(client.next()).startsWith("20");
        return client;
    }

    private static int published(Device device) {
        return harness.one(Integer.class,
                "SELECT count(*) FROM ingest.event WHERE code = 'gone' AND device = " + device.number());
    }

    private static void isAway(Device device) {
        Harness.await("the end", () -> !harness.ingest.sessions().isConnected(device.id()));
    }

    /// All that was to be done for the device by now is done.
    private static void settle(Device device, RawClient client) throws IOException {
        client.send(
                RawClient.publish(5, 0x02, "devices/" + device.id() + "/event", 77, "{\"code\":\"here\"}"));
        assertThat(client.next()).startsWith("40004d");
    }

    @Test
    void aDelayedWillWaitsAndIsForgottenWhereTheSessionGoesOn() throws Exception {
        Device device = harness.device("W-1");
        connect("W-1", false, 100, 50).close();
        isAway(device);
        try (RawClient back = connect("W-1", false, 100, 50)) {
            settle(device, back);
            assertThat(published(device)).isZero();
            back.sendHex("e000");
        }
    }

    @Test
    void aDelayedWillIsPublishedWhenItsTimeHasCome() throws Exception {
        Device device = harness.device("W-2");
        connect("W-2", false, 100, 1).close();
        isAway(device);
        assertThat(published(device)).isZero();
        Harness.await("the will", () -> published(device) == 1);
    }

    @Test
    void aDelayedWillIsPublishedAtTheLatestWhenTheSessionEnds() throws Exception {
        Device device = harness.device("W-3");
        connect("W-3", true, 0, 50).close();
        Harness.await("the will at once, for no session is kept", () -> published(device) == 1);

        connect("W-3", false, 100, 50).close();
        isAway(device);
        try (RawClient back = connect("W-3", true, 0, 0)) {
            Harness.await("the will of the session that a clean start ended", () -> published(device) == 2);
            back.sendHex("e000");
            assertThat(back.next()).isEqualTo("closed");
        }
        assertThat(published(device)).as("none after a DISCONNECT").isEqualTo(2);
    }

    @Test
    void aDisconnectMayAskForTheWillAllTheSame() throws Exception {
        Device device = harness.device("W-4");
        try (RawClient client = connect("W-4", true, 0, 0)) {
            client.sendHex("e00104");
            assertThat(client.next()).isEqualTo("closed");
        }
        Harness.await("the will", () -> published(device) == 1);
    }

    @Test
    void aTakeOverPublishesTheWillUnlessItIsDelayedAndTheSessionGoesOn() throws Exception {
        Device device = harness.device("W-5");
        try (RawClient first = connect("W-5", false, 100, 50);
                RawClient second = connect("W-5", false, 100, 0)) {
            assertThat(first.next()).startsWith("e08e");
            settle(device, second);
            assertThat(published(device)).isZero();
            try (RawClient third = connect("W-5", false, 100, 0)) {
                assertThat(second.next()).startsWith("e08e");
                Harness.await("the will without delay", () -> published(device) == 1);
                third.sendHex("e000");
            }
        }
    }
}
