package io.aftercare.remote.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.digest.Sha256;
import io.aftercare.fleet.http.Problem;
import io.aftercare.remote.TestRemote;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UploadIT {
    private static final DeviceId DEVICE = new DeviceId("SN-1");
    private final TestRemote house = new TestRemote();
    private final Uploads uploads = house.remote.uploads();
    private final List<Upload> complete = new ArrayList<>();
    private final List<Upload> missed = new ArrayList<>();
    private Optional<Problem> refusal = Optional.empty();
    private String token = "";

    @BeforeEach
    void prepare() {
        house.device("SN-1");
        house.device("SN-2");
        token = house.token("SN-1");
        uploads.on("test", new UploadListener() {
            @Override
            public void complete(Handle handle, Upload upload) {
                refusal.ifPresent(problem -> {
                    throw problem;
                });
                complete.add(upload);
            }

            @Override
            public void missed(Handle handle, Upload upload) {
                missed.add(upload);
            }
        });
        uploads.welcome(new Unsolicited("test-", "test", 100, 2, Duration.ofHours(1)));
    }

    @AfterEach
    void stop() {
        house.close();
    }

    private String expected(long bytesMax) {
        return house.database.inTransaction(handle -> uploads.expect(handle, DEVICE, "test", "r1", bytesMax,
                house.clock.instant().plus(Duration.ofHours(1))));
    }

    private Upload now(String id) {
        return house.database.jdbi().withHandle(handle -> uploads.find(handle, id)).orElseThrow();
    }

    private HttpResponse<String> put(String id, byte[] body, String... headers) throws Exception {
        return house.asDevice(token, "PUT", "SN-1/uploads/" + id, body, headers);
    }

    private static long offset(HttpResponse<String> answer) {
        return answer.headers().firstValueAsLong("Upload-Offset").orElse(-1);
    }

    private static String digest(byte[] whole) {
        return "sha-256=:" + Base64.getEncoder().encodeToString(Sha256.of(whole)) + ":";
    }

    private static byte[] bytes(int count, long seed) {
        byte[] bytes = new byte[count];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static byte[] slice(byte[] whole, int from, int to) {
        return Arrays.copyOfRange(whole, from, to);
    }

    private byte[] content(String id) throws IOException {
        try (InputStream in = uploads.open(id)) {
            return in.readAllBytes();
        }
    }

    private static void until(Callable<Boolean> condition) throws Exception {
        Instant end = Instant.now().plusSeconds(20);
        while (!condition.call()) {
            assertThat(Instant.now()).isBefore(end);
            Thread.onSpinWait();
        }
    }

    @Test
    void aWholeUploadIsKeptAndSentAgainItIsDoneAlready() throws Exception {
        byte[] whole = bytes(300_000, 1);
        String id = expected(1 << 20);
        HttpResponse<String> first = put(id, whole, "Repr-Digest", digest(whole));
        assertThat(first.statusCode()).as(first.body()).isEqualTo(201);
        assertThat(first.body()).contains(Sha256.hex(whole), "\"bytes\":300000");
        assertThat(complete).singleElement().satisfies(upload -> {
            assertThat(upload.reference()).isEqualTo("r1");
            assertThat(upload.received()).isEqualTo(300_000);
        });
        assertThat(content(id)).isEqualTo(whole);
        assertThat(put(id, whole).statusCode()).isEqualTo(200);
        assertThat(put(id, bytes(10, 2), "Repr-Digest", digest(bytes(10, 2))).statusCode()).isEqualTo(409);
        assertThat(complete).hasSize(1);
        Path file = house.files.resolve("uploads").resolve(id);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
    }

    @Test
    void nobodyElsesTokenOrUploadIsAnyGood() throws Exception {
        String id = expected(100);
        assertThat(house.asDevice("wrong", "PUT", "SN-1/uploads/" + id, new byte[3]).statusCode())
                .isEqualTo(401);
        assertThat(house.asDevice(house.token("SN-2"), "PUT", "SN-2/uploads/" + id, new byte[3]).statusCode())
                .isEqualTo(404);
        assertThat(
                house.asDevice(house.token("SN-2"), "HEAD", "SN-2/uploads/" + id, new byte[0]).statusCode())
                .isEqualTo(404);
        assertThat(put("u0unknown", new byte[3]).statusCode()).isEqualTo(404);
        assertThat(now(id).state()).isEqualTo(UploadState.EXPECTED);
    }

    @Test
    void piecesArriveWhereverTheConnectionOrTheBackendFails() throws Exception {
        for (int seed = 0; seed < 25; seed++) {
            Random random = new Random(seed);
            byte[] whole = bytes(50_000 + random.nextInt(150_000), seed);
            String id = expected(whole.length);
            send(id, whole, random);
            assertThat(content(id)).as("seed %s", seed).isEqualTo(whole);
            assertThat(now(id).state()).isEqualTo(UploadState.COMPLETE);
        }
        assertThat(complete).hasSize(25);
        assertThat(missed).isEmpty();
    }

    private void send(String id, byte[] whole, Random random) throws Exception {
        int at = 0;
        while (at < whole.length) {
            int end = Math.min(whole.length, at + 1 + random.nextInt(40_000));
            switch (random.nextInt(5)) {
                case 0 -> at = cut(id, whole, at, end, random);
                case 1 -> at = stumble(id, whole, at, random);
                default -> {
                    HttpResponse<String> answer = put(id, slice(whole, at, end), "Content-Range",
                            range(at, end, whole), "Repr-Digest", digest(whole));
                    assertThat(answer.statusCode()).as(answer.body())
                            .isEqualTo(end == whole.length ? 201 : 308);
                    at = end;
                }
            }
        }
    }

    private static String range(int from, int to, byte[] whole) {
        return "bytes " + from + "-" + (to - 1) + "/" + whole.length;
    }

    /// The connection is lost in the piece, and the machine dies before the last of it is noted.
    private int cut(String id, byte[] whole, int at, int end, Random random) throws Exception {
        int cut = random.nextInt(end - at);
        try (Socket socket = connect()) {
            head(socket, id, "Content-Length: " + (end - at), "Content-Range: " + range(at, end, whole));
            socket.getOutputStream().write(whole, at, cut);
            until(() -> ask(id, whole.length).statusCode() == 409);
        }
        until(() -> ask(id, whole.length).statusCode() == 308);
        int there = (int) offset(ask(id, whole.length));
        assertThat(there).isBetween(at, at + cut);
        if (now(id).state() == UploadState.RECEIVING) {
            Path file = house.files.resolve("uploads").resolve(id);
            Files.write(file, bytes(random.nextInt(500), 9), StandardOpenOption.APPEND);
        }
        return there;
    }

    /// The device forgets where it was, or did not hear the answer.
    private int stumble(String id, byte[] whole, int at, Random random) throws Exception {
        int wrong = random.nextInt(whole.length);
        if (wrong != at && at > 0) {
            HttpResponse<String> answer = put(id, slice(whole, wrong, whole.length), "Content-Range",
                    range(wrong, whole.length, whole));
            assertThat(answer.statusCode()).isEqualTo(416);
            assertThat(offset(answer)).isEqualTo(at);
        }
        HttpResponse<String> head = house.asDevice(token, "HEAD", "SN-1/uploads/" + id, new byte[0]);
        assertThat(offset(head)).isEqualTo(at);
        return at;
    }

    private HttpResponse<String> ask(String id, int total) throws Exception {
        return put(id, new byte[0], "Content-Range", "bytes */" + total);
    }

    private Socket connect() throws IOException {
        URI uri = house.deviceUri("");
        Socket socket = new Socket(uri.getHost(), uri.getPort());
        socket.setSoTimeout(20_000);
        return socket;
    }

    private void head(Socket socket, String id, String... headers) throws IOException {
        String head = "PUT /device/v1/SN-1/uploads/" + id + " HTTP/1.1\r\nHost: localhost\r\n"
                + "Authorization: Bearer " + token + "\r\n" + String.join("\r\n", headers) + "\r\n\r\n";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void moreThanWantedIsRefusedBeforeItIsRead() throws Exception {
        String id = expected(1000);
        assertThat(put(id, new byte[1001]).statusCode()).isEqualTo(413);
        assertThat(put(id, new byte[10], "Content-Range", "bytes 0-9/1001").statusCode()).isEqualTo(413);
        assertThat(house.files.resolve("uploads").resolve(id)).doesNotExist();
        try (Socket socket = connect()) {
            head(socket, id, "Content-Length: 10000000000");
            assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 413");
            assertThat(sentUntilClosed(socket.getOutputStream())).as("bytes").isLessThan(64L << 20);
        }
        assertThat(put(id, new byte[1000]).statusCode()).isEqualTo(201);
    }

    private static long sentUntilClosed(OutputStream out) {
        byte[] buffer = new byte[64 * 1024];
        long sent = 0;
        try {
            while (sent < 256L << 20) {
                out.write(buffer);
                sent += buffer.length;
            }
            return sent;
        } catch (IOException e) {
            return sent; // the backend had enough, which is what is asked here
        }
    }

    @Test
    void aBodyOfUnknownLengthEndsAtTheCap() throws Exception {
        String id = expected(1000);
        try (Socket socket = connect()) {
            head(socket, id, "Transfer-Encoding: chunked");
            byte[] piece = ("190\r\n" + "x".repeat(400) + "\r\n").getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < 3; i++) {
                socket.getOutputStream().write(piece);
            }
            assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 413");
        }
        assertThat(now(id).received()).isZero();
    }

    @Test
    void aWrongHashIsThrownAwayAndMayComeAgainTwice() throws Exception {
        byte[] whole = bytes(5000, 3);
        String id = expected(5000);
        for (int attempt = 1; attempt <= 3; attempt++) {
            HttpResponse<String> answer = put(id, bytes(5000, 4), "Repr-Digest", digest(whole));
            assertThat(answer.statusCode()).isEqualTo(422);
            assertThat(offset(answer)).isZero();
            assertThat(house.files.resolve("uploads").resolve(id)).doesNotExist();
        }
        assertThat(put(id, whole, "Repr-Digest", digest(whole)).statusCode()).isEqualTo(410);
        assertThat(complete).isEmpty();
        assertThat(missed).singleElement().extracting(Upload::state).isEqualTo(UploadState.FAILED);
    }

    @Test
    void whatIsLateOrUnwantedIsRefused() throws Exception {
        String late = expected(100);
        String unwanted = expected(100);
        assertThat(put(unwanted, new byte[50], "Content-Range", "bytes 0-49/100").statusCode())
                .isEqualTo(308);
        house.database.useTransaction(handle -> uploads.discard(handle, unwanted));
        assertThat(house.files.resolve("uploads").resolve(unwanted)).doesNotExist();
        assertThat(put(unwanted, new byte[50], "Content-Range", "bytes 50-99/100").statusCode())
                .isEqualTo(410);
        house.clock.pass(Duration.ofHours(1));
        assertThat(put(late, new byte[50]).statusCode()).isEqualTo(410);
        assertThat(uploads.expire()).isFalse();
        assertThat(missed).singleElement().extracting(Upload::id).isEqualTo(late);
        assertThat(put(late, new byte[50]).statusCode()).isEqualTo(410);
        house.clock.pass(Duration.ofDays(31));
        uploads.expire();
        assertThat(put(late, new byte[50]).statusCode()).as("forgotten").isEqualTo(404);
    }

    @Test
    void oneConnectionAtATimeSends() throws Exception {
        byte[] whole = bytes(1000, 5);
        String id = expected(1000);
        try (Socket socket = connect()) {
            head(socket, id, "Content-Length: 1000");
            socket.getOutputStream().write(whole, 0, 500);
            until(() -> now(id).state() == UploadState.RECEIVING);
            HttpResponse<String> second = put(id, whole);
            assertThat(second.statusCode()).isEqualTo(409);
            assertThat(second.headers().firstValue("Retry-After")).isPresent();
            socket.getOutputStream().write(whole, 500, 500);
            assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 201");
        }
        assertThat(content(id)).isEqualTo(whole);
    }

    @Test
    void thereIsRoomForSoMuchAndNotMore() throws Exception {
        String big = expected(300L << 20);
        assertThat(put(big, new byte[100], "Content-Range", "bytes 0-99/" + (257L << 20)).statusCode())
                .as("one device").isEqualTo(507);
        String small = expected(100);
        house.database.useTransaction(handle -> handle.execute(
                "INSERT INTO remote.upload (id, device, name, purpose, reference, state, bytes_max, claimed,"
                        + " created_at, expires_at) SELECT 'x', 'SN-9', 'x', 'test', '', 'complete', 0, ?, now(), now()",
                20L << 30));
        assertThat(put(small, new byte[100]).statusCode()).as("all devices").isEqualTo(507);
        house.database.useTransaction(handle -> uploads.discard(handle, "x"));
        assertThat(put(small, new byte[100]).statusCode()).isEqualTo(201);
    }

    @Test
    void aDeviceBeginsSomeUploadsByItselfButNotWithoutEnd() throws Exception {
        assertThat(put("test-1", new byte[100]).statusCode()).isEqualTo(201);
        assertThat(put("test-1", new byte[100]).statusCode()).isEqualTo(200);
        assertThat(put("test-2", new byte[101]).statusCode()).isEqualTo(413);
        HttpResponse<String> third = put("test-3", new byte[100]);
        assertThat(third.statusCode()).isEqualTo(429);
        assertThat(third.headers().firstValue("Retry-After")).isPresent();
        assertThat(put("test-", new byte[100]).statusCode()).isEqualTo(404);
        assertThat(complete).singleElement().extracting(Upload::reference).isEqualTo("test-1");
    }

    @Test
    void whoeverExpectsItMayRefuseItAndThenItIsNotComplete() throws Exception {
        String id = expected(100);
        refusal = Optional.of(Problem.conflict("not now"));
        assertThat(put(id, new byte[100]).statusCode()).isEqualTo(409);
        assertThat(now(id).state()).isEqualTo(UploadState.RECEIVING);
        refusal = Optional.empty();
        assertThat(put(id, new byte[100]).statusCode()).isEqualTo(201);
    }

    @Test
    void filesThatNobodyNeedsAreSwept() throws Exception {
        String kept = expected(100);
        put(kept, new byte[100]);
        Path folder = house.files.resolve("uploads");
        Files.writeString(folder.resolve("u0orphan"), "left by a crash");
        assertThat(uploads.sweep()).isEqualTo(1);
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left.map(file -> file.getFileName().toString())).containsExactly(kept);
        }
    }

    @Test
    void aDatabaseThatKnowsMoreThanTheDiskBeginsAnew() throws Exception {
        byte[] whole = bytes(100, 6);
        String id = expected(100);
        put(id, slice(whole, 0, 60), "Content-Range", "bytes 0-59/100");
        Files.delete(house.files.resolve("uploads").resolve(id));
        assertThat(offset(put(id, slice(whole, 60, 100), "Content-Range", "bytes 60-99/100"))).isZero();
        assertThat(put(id, whole, "Repr-Digest", digest(whole)).statusCode()).isEqualTo(201);
    }

    @Test
    void aDeviceIsNotAskedForMoreThanItCanSend() {
        for (int i = 0; i < UploadLimits.DEFAULTS.waitingMax(); i++) {
            expected(100);
        }
        assertThat(catchThrowable(() -> expected(100)))
                .isInstanceOf(Problem.class).hasMessageContaining("already");
    }
}
