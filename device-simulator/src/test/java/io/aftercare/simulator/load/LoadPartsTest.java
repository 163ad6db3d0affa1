package io.aftercare.simulator.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aftercare.simulator.credentials.Credential;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LoadPartsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static <T> T decode(io.aftercare.simulator.load.MqttVersion version, ByteBuf frame,
            Class<T> type) {
        EmbeddedChannel channel = new EmbeddedChannel(new MqttDecoder());
        channel.writeInbound(Unpooled.wrappedBuffer(Frames.connect(version, "c", "u", "p")));
        MqttConnectMessage connect = channel.readInbound();
        if (type.isInstance(connect)) {
            return type.cast(connect);
        }
        channel.writeInbound(frame);
        return type.cast(channel.readInbound());
    }

    @Test
    void connectIsWhatNettyReads() {
        for (var version : io.aftercare.simulator.load.MqttVersion.values()) {
            MqttConnectMessage connect = decode(version, Unpooled.EMPTY_BUFFER, MqttConnectMessage.class);
            assertThat(connect.decoderResult().isSuccess()).isTrue();
            assertThat(connect.payload().userName()).isEqualTo("u");
            assertThat(new String(connect.payload().passwordInBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("p");
            assertThat(connect.variableHeader().version())
                    .isEqualTo(version == io.aftercare.simulator.load.MqttVersion.V5
                            ? MqttVersion.MQTT_5.protocolLevel()
                            : MqttVersion.MQTT_3_1_1.protocolLevel());
        }
    }

    @Test
    void patchedPublishesAreWhatNettyAndJacksonRead() throws IOException {
        for (var version : io.aftercare.simulator.load.MqttVersion.values()) {
            for (int qos = 0; qos <= 2; qos++) {
                PublishTemplate template = new PublishTemplate(version, "devices/D-1/telemetry", qos,
                        LoadOptions.metricNames(5));
                Random random = new Random(9);
                for (int i = 0; i < 200; i++) {
                    int id = 1 + random.nextInt(65_535);
                    long ts = 1_767_225_600_000L + random.nextInt(1_000_000_000);
                    ByteBuf frame = Unpooled.buffer();
                    template.write(frame, id, ts);
                    assertThat(frame.readableBytes()).isEqualTo(template.length());
                    MqttPublishMessage publish = decode(version, frame, MqttPublishMessage.class);
                    assertThat(publish.variableHeader().topicName()).isEqualTo("devices/D-1/telemetry");
                    assertThat(publish.fixedHeader().qosLevel().value()).isEqualTo(qos);
                    if (qos > 0) {
                        assertThat(publish.variableHeader().packetId()).isEqualTo(id);
                    }
                    JsonNode json = JSON.readTree(publish.payload().toString(StandardCharsets.UTF_8));
                    assertThat(json.path("ts").asLong()).isEqualTo(ts);
                    assertThat(json.path("values").size()).isEqualTo(5);
                    json.path("values")
                            .forEach(value -> assertThat(value.asDouble()).isBetween(100.0, 1_000.0));
                }
            }
        }
    }

    @Test
    void theSameTimestampMakesTheSameMessage() {
        PublishTemplate template = new PublishTemplate(io.aftercare.simulator.load.MqttVersion.V5, "t", 1,
                List.of("a", "b"));
        ByteBuf first = Unpooled.buffer();
        ByteBuf between = Unpooled.buffer();
        ByteBuf again = Unpooled.buffer();
        template.write(first, 7, 1_767_225_600_001L);
        template.write(between, 8, 1_767_225_600_002L);
        template.write(again, 7, 1_767_225_600_001L);
        assertThat(again).isEqualTo(first).isNotEqualTo(between);
    }

    private static final class Heard implements PacketReader.Sink {
        final List<String> packets = new ArrayList<>();

        @Override
        public void connected(int reason, int receiveMaximum) {
            packets.add("connack " + reason + " " + receiveMaximum);
        }

        @Override
        public void acknowledged(int type, int packetId, int reason) {
            packets.add(Integer.toHexString(type) + " " + packetId + " " + reason);
        }

        @Override
        public void disconnected(int reason) {
            packets.add("disconnect " + reason);
        }
    }

    @Test
    void packetsAreReadHoweverTheyAreCut() {
        ByteBuf all = Unpooled.buffer();
        all.writeBytes(
                new byte[]{0x20, 15, 0, 0, 12, 0x12, 0, 1, 97, 0x25, 1, 0x21, 0x01, 0x41, 0x13, 0, 60});
        for (int id = 1; id <= 300; id++) {
            all.writeBytes(id % 3 == 0
                    ? new byte[]{0x40, 3, (byte) (id >>> 8), (byte) id, (byte) 0x99}
                    : new byte[]{0x40, 2, (byte) (id >>> 8), (byte) id});
        }
        all.writeBytes(new byte[]{(byte) 0xD0, 0, (byte) 0xE0, 1, (byte) 0x8E});
        byte[] stream = new byte[all.readableBytes()];
        all.readBytes(stream);
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            Heard heard = new Heard();
            PacketReader reader = new PacketReader(heard);
            for (int at = 0; at < stream.length;) {
                int end = Math.min(stream.length, at + 1 + random.nextInt(17));
                reader.read(Unpooled.copiedBuffer(Arrays.copyOfRange(stream, at, end)));
                at = end;
            }
            assertThat(heard.packets).as("seed %d", seed).hasSize(302)
                    .startsWith("connack 0 321", "40 1 0", "40 2 0",
                            "40 3 153")
                    .endsWith("disconnect 142");
        }
    }

    @Test
    void percentilesAreWithinTwoPercent() {
        Random random = new Random(4);
        Latencies left = new Latencies();
        Latencies right = new Latencies();
        long[] values = random.longs(100_000, 100, 50_000_000).toArray();
        for (int i = 0; i < values.length; i++) {
            (i % 2 == 0 ? left : right).record(values[i]);
        }
        left.add(right);
        Arrays.sort(values);
        for (double quantile : new double[]{0.01, 0.5, 0.9, 0.99, 0.999}) {
            double exact = values[(int) Math.ceil(quantile * values.length) - 1] / 1e3;
            assertThat(left.micros(quantile)).isCloseTo(exact, within(exact * 0.02));
        }
        assertThat(left.maxMicros()).isEqualTo(values[values.length - 1] / 1e3);
        assertThat(new Latencies().micros(0.5)).isZero();
        left.record(Long.MAX_VALUE);
        assertThat(left.micros(1)).isEqualTo(Long.MAX_VALUE / 1e3);
    }

    @Test
    void aPaceOwesWhatAStallHeldBackAndCountsFromWhenItWasDue() {
        Pace pace = new Pace(100, 1, 2);
        pace.start(0);
        assertThat(pace.due(0)).isZero();
        assertThat(pace.due(10_000_000)).isEqualTo(1);
        assertThat(pace.due(1_010_000_000L)).isEqualTo(51);
        assertThat(pace.intendedNanos(1_010_000_000L)).isEqualTo(10_000_000L);
        assertThat(pace.intendedNanos(1_010_000_000L)).isEqualTo(30_000_000L);
        assertThat(new Pace(0, 0, 1).due(5)).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void wrongOptionsAreNamed() {
        LoadOptions good = LoadOptions.of("h", 1883,
                List.of(new Credential("D-1", "", "")));
        assertThatThrownBy(() -> good.window(0)).hasMessageContaining("window");
        assertThatThrownBy(() -> good.rate(-1)).hasMessageContaining("rate");
        assertThatThrownBy(() -> good.until(Duration.ZERO, 0)).hasMessageContaining("end");
        assertThatThrownBy(() -> LoadOptions.of("h", 1883, List.of())).hasMessageContaining("connections");
        assertThatThrownBy(() -> io.aftercare.simulator.load.MqttVersion.parse("4.2"))
                .hasMessageContaining("3.1.1 or 5");
    }
}
