package io.aftercare.ingest.mqtt.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PacketFramerTest {
    private static final int PACKET_BYTES_MAX = 300;
    private static final String PING = "c000";
    private static final String PUBLISH = "3205000161000a"; // topic "a", packet 10, no payload
    private static final String LONG_PUBLISH = "30c801" + "00".repeat(200);

    private final List<String> taken = new ArrayList<>();
    private boolean declining;
    private final EmbeddedChannel channel = new EmbeddedChannel(
            new PacketFramer(PACKET_BYTES_MAX, (flags, in, from, to) -> {
                if (!declining) {
                    taken.add(flags + ":" + ByteBufUtil.hexDump(in, from, to - from));
                }
                return !declining;
            }));

    private void send(String hex) {
        channel.writeInbound(Unpooled.wrappedBuffer(HexFormat.of().parseHex(hex)));
    }

    private List<String> passedOn() {
        List<String> passed = new ArrayList<>();
        for (ByteBuf next = channel.readInbound(); next != null; next = channel.readInbound()) {
            passed.add(ByteBufUtil.hexDump(next));
            next.release();
        }
        return passed;
    }

    @Test
    void publishesAreTakenWhereTheyLieAndTheRestGoesOnWhole() {
        send(PING + PUBLISH + LONG_PUBLISH + PING);
        assertThat(taken).containsExactly("2:000161000a", "0:" + "00".repeat(200));
        assertThat(passedOn()).containsExactly(PING, PING);
    }

    @Test
    void whatIsDeclinedGoesOnInItsPlace() {
        declining = true;
        send(PING + PUBLISH + PING);
        assertThat(passedOn()).containsExactly(PING, PUBLISH, PING);
    }

    @Test
    void anyCutOfTheStreamGivesTheSamePackets() {
        for (long seed = 1; seed <= 200; seed++) {
            Random random = new Random(seed);
            taken.clear();
            byte[] stream = HexFormat.of().parseHex(PUBLISH + PING + LONG_PUBLISH + PUBLISH);
            int at = 0;
            while (at < stream.length) {
                int next = Math.min(stream.length, at + 1 + random.nextInt(9));
                channel.writeInbound(Unpooled.copiedBuffer(stream, at, next - at));
                at = next;
            }
            assertThat(taken).as("seed %d", seed).hasSize(3).endsWith("2:000161000a");
            assertThat(passedOn()).as("seed %d", seed).containsExactly(PING);
        }
    }

    @Test
    void aLengthThatIsNotAllowedLeavesAllThatFollowsToTheDecoder() {
        send(PING + "32ad02" + "00"); // 301 bytes announced
        send(PUBLISH);
        assertThat(passedOn()).containsExactly(PING, "32ad0200", PUBLISH);
        assertThat(taken).isEmpty();
    }

    @Test
    void aLengthOfFiveBytesIsNotAllowed() {
        send("30ffffffff01");
        assertThat(passedOn()).containsExactly("30ffffffff01");
    }

    @Test
    void whatHadBegunIsReleasedAtTheEnd() {
        ByteBuf half = Unpooled.buffer().writeBytes(HexFormat.of().parseHex("32050001"));
        channel.writeInbound(half);
        assertThat(half.refCnt()).isZero();
        channel.finishAndReleaseAll();
        assertThat(passedOn()).isEmpty();
    }
}
