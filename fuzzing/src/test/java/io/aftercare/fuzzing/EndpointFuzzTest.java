package io.aftercare.fuzzing;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.aftercare.ingest.Harness;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;

/// Any bytes on a connection, before a CONNECT and after one, against the whole of ingest: the connection always ends when
/// the other side has ended, nothing breaks inside, and a good device is served all the while.
@ExtendWith(FuzzerLog.class)
class EndpointFuzzTest {
    private static final int GOOD_EVERY = 200;
    private static final int CLOSED_WITHIN_MILLIS = 10_000;
    private static final Queue<String> ERRORS = new ConcurrentLinkedQueue<>();
    private static @Nullable Harness harness;
    private static int inputs;

    /// Notes what the backend calls an error: a leak of a buffer is one of them.
    private static final class Errors extends AppenderBase<ILoggingEvent> {
        @Override
        protected void append(ILoggingEvent event) {
            if (event.getLevel().isGreaterOrEqual(Level.ERROR)) {
                ERRORS.add(event.getFormattedMessage());
            }
        }
    }

    @BeforeAll
    static void start() throws IOException {
        Errors errors = new Errors();
        errors.start();
        ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).addAppender(errors);
        harness = new Harness();
        harness.device("F-1");
        harness.device("GOOD");
        serveTheGoodOne(harness.port());
    }

    @AfterAll
    static void stop() {
        if (harness != null) {
            harness.close();
        }
    }

    @FuzzTest
    void anyBytesEndWellAndHarmNobody(byte[] input) throws Exception {
        if (input.length == 0) {
            return;
        }
        int port = Objects.requireNonNull(harness).port();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(CLOSED_WITHIN_MILLIS);
            send(socket, Math.floorMod(input[0], 3), input);
            awaitClosed(socket);
        }
        if (++inputs % GOOD_EVERY == 0) {
            serveTheGoodOne(port);
        }
        assertThat(ERRORS).isEmpty();
    }

    private static void serveTheGoodOne(int port) throws IOException {
        try (Socket good = new Socket(InetAddress.getLoopbackAddress(), port)) {
            good.setSoTimeout(CLOSED_WITHIN_MILLIS);
            good.getOutputStream().write(connect(4, "GOOD"));
            good.getOutputStream().write(publish());
            byte[] answers = good.getInputStream().readNBytes(8);
            assertThat(answers).as("CONNACK and PUBACK").containsExactly(0x20, 2, 0, 0, 0x40, 2, 0, 1);
        }
    }

    // The endpoint may well close while bytes are still on their way.
    private static void send(Socket socket, int connectFirst, byte[] input) throws IOException {
        try {
            OutputStream out = socket.getOutputStream();
            if (connectFirst > 0) {
                out.write(connect(connectFirst == 1 ? 4 : 5, "F-1"));
            }
            out.write(input, 1, input.length - 1);
            out.flush();
            socket.shutdownOutput();
        } catch (SocketException e) {
            assertThat(e).hasMessageMatching(".*(Broken pipe|Connection reset|Socket is closed|Protocol).*");
        }
    }

    private static void awaitClosed(Socket socket) throws IOException {
        byte[] answers = new byte[4096];
        try {
            InputStream in = socket.getInputStream();
            int read = 0;
            while (read >= 0) {
                read = in.read(answers);
            }
        } catch (SocketException e) {
            assertThat(e).hasMessageMatching(".*(reset|closed).*");
        }
    }

    private static byte[] connect(int level, String id) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(body);
        out.writeUTF("MQTT");
        out.write(level);
        out.write(0xC2); // user name, password, clean start
        out.writeShort(60);
        if (level == 5) {
            out.write(0); // no properties
        }
        out.writeUTF(id);
        out.writeUTF(id);
        out.writeUTF(Harness.token(id));
        return packet(0x10, body);
    }

    private static byte[] publish() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(body);
        out.writeUTF("devices/GOOD/telemetry");
        out.writeShort(1);
        out.writeBytes("{\"a\":1}");
        return packet(0x32, body);
    }

    private static byte[] packet(int first, ByteArrayOutputStream body) throws IOException {
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        packet.write(first);
        packet.write(body.size()); // all are under 128
        body.writeTo(packet);
        return packet.toByteArray();
    }
}
