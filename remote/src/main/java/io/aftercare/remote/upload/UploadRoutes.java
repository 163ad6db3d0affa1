package io.aftercare.remote.upload;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.device.Devices;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import io.aftercare.remote.RemoteGround;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// Uploads by HTTP, for devices: the token is the proof. One connection at a time sends an upload.
final class UploadRoutes {
    private static final String OFFSET = "Upload-Offset";

    private final Devices devices;
    private final RemoteGround ground;
    private final Uploads uploads;
    private final Receiver receiver;
    private final Set<String> busy = ConcurrentHashMap.newKeySet();
    private final Semaphore places;

    UploadRoutes(RemoteGround ground, Uploads uploads) {
        this.devices = ground.devices();
        this.ground = ground;
        this.uploads = uploads;
        this.receiver = new Receiver(uploads.files(), uploads.limits(), System::nanoTime);
        this.places = new Semaphore(uploads.limits().atOnceMax());
    }

    void bind(Operations operations) {
        operations.onBody("sendUpload", this::put).on("checkUpload", this::head);
    }

    private Response head(Request request) {
        DeviceId device = device(request);
        String name = request.path("uploadId");
        Upload upload = uploads.known(device, name)
                .orElseThrow(() -> Problem.notFound("upload of this device", name));
        Response answer = new Response(200, null, Map.of(OFFSET, Long.toString(upload.received()),
                "Upload-Complete", upload.state() == UploadState.COMPLETE ? "?1" : "?0"));
        return upload.total() == null ? answer : answer.with("Upload-Length", upload.total().toString());
    }

    private DeviceId device(Request request) {
        return devices.require(request.path("id"), request.headers().get("Authorization")).id();
    }

    private Response put(Request request, InputStream body) throws IOException {
        DeviceId device = device(request);
        Piece piece = Piece.parse(request.headers().get("Content-Range"),
                request.headers().get("Content-Length"));
        String sha256 = ReprDigest.sha256(request.headers().get("Repr-Digest"));
        String key = device + "/" + request.path("uploadId");
        if (!places.tryAcquire()) {
            return later(Problem.of(503, "Busy", "Many devices are sending; try again in a moment"), 5);
        }
        // A question takes nobody's turn, or it could keep out the very connection that it asks about.
        boolean sends = !(piece instanceof Piece.Question);
        boolean mine = sends && busy.add(key);
        try {
            return mine || !sends && !busy.contains(key)
                    ? answered(device, request.path("uploadId"), piece, sha256, body)
                    : later(Problem.conflict("This upload is being sent on another connection"), 10);
        } finally {
            if (mine) {
                busy.remove(key);
            }
            places.release();
        }
    }

    private Response answered(DeviceId device, String name, Piece piece, @Nullable String sha256,
            InputStream body) throws IOException {
        try {
            Response answer = take(uploads.ofDevice(device, name), piece, sha256, body);
            count(answer.status());
            return answer;
        } catch (Problem refused) {
            count(refused.status());
            return refused.status() == 429 ? later(refused, 3600) : answer(refused);
        }
    }

    private Response take(Upload known, Piece piece, @Nullable String sha256, InputStream body)
            throws IOException {
        Upload upload = onDisk(known);
        return switch (Reception.of(upload, piece, sha256, ground.now())) {
            case Reception.Done _ -> Response.ok(shown(upload));
            case Reception.Over over -> answer(Problem.of(410, "Gone", over.why()));
            case Reception.TooLarge _ -> answer(tooLarge(upload));
            case Reception.Contradiction no -> answer(Problem.conflict(no.why()));
            case Reception.Elsewhere _ -> at(answer(Problem.of(416, "Elsewhere",
                    "Send from byte " + upload.received() + " on")), upload.received());
            case Reception.GoOn _ -> at(new Response(308, null, Map.of()), upload.received());
            case Reception.Take take -> receive(upload, take, sha256, body);
        };
    }

    // A restored database may know of bytes that the disk has not.
    private Upload onDisk(Upload upload) throws IOException {
        return upload.state() == UploadState.RECEIVING
                && uploads.files().size(upload.id()) < upload.received()
                        ? upload.lost()
                        : upload;
    }

    private Response receive(Upload upload, Reception.Take take, @Nullable String sha256, InputStream body)
            throws IOException {
        if (take.from() == 0) {
            uploads.begin(upload, take.total());
        }
        long most = take.total() == null ? upload.bytesMax() : take.total();
        Receiver.Received received;
        try {
            received = receiver.receive(upload.id(), body, take.from(), take.length(), most,
                    safe -> uploads.received(upload, safe));
        } catch (Problem notWanted) {
            uploads.files().delete(upload.id());
            throw notWanted;
        }
        return switch (received.end()) {
            case CUT, SLOW -> at(answer(Problem.of(408, "Too slow",
                    "It came too slowly, or not to its end; go on where it stopped")), received.bytes());
            case TOO_MUCH -> tooMuch(upload, take, received.bytes());
            case WHOLE -> take.total() == null || received.bytes() == take.total()
                    ? finish(upload, received.bytes(), sha256)
                    : at(new Response(308, null, Map.of()), received.bytes());
        };
    }

    private Response tooMuch(Upload upload, Reception.Take take, long received) {
        if (take.length() != null) {
            return at(answer(Problem.badRequest("The body is longer than was said")), received);
        }
        uploads.received(upload, 0);
        return answer(tooLarge(upload));
    }

    private Response finish(Upload upload, long bytes, @Nullable String sha256) throws IOException {
        String found = receiver.sha256(upload.id());
        if (sha256 == null || sha256.equals(found)) {
            return new Response(201, shown(uploads.complete(upload, bytes, found)), Map.of());
        }
        uploads.spoil(upload);
        return at(answer(Problem.of(422, "Wrong hash",
                "What came has the SHA-256 " + found + ", not " + sha256 + "; it was thrown away")), 0);
    }

    private static ObjectNode shown(Upload upload) {
        return Json.object().put("id", upload.name()).put("state", upload.state().text())
                .put("bytes", upload.received()).put("sha256", upload.sha256());
    }

    private static Problem tooLarge(Upload upload) {
        return Problem.of(413, "Too large", "It may have " + upload.bytesMax() + " bytes");
    }

    private static Response answer(Problem problem) {
        return new Response(problem.status(), problem.body(), Map.of());
    }

    private static Response later(Problem problem, int seconds) {
        return answer(problem).with("Retry-After", Integer.toString(seconds));
    }

    private static Response at(Response answer, long offset) {
        Response told = answer.with(OFFSET, Long.toString(offset));
        return offset == 0 ? told : told.with("Range", "bytes=0-" + (offset - 1));
    }

    private void count(int status) {
        MeterRegistry meters = ground.meters();
        meters.counter("aftercare_remote_uploads_total", "status", Integer.toString(status)).increment();
    }
}
