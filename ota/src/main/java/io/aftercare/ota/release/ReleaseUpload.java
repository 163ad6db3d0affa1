package io.aftercare.ota.release;

import io.aftercare.fleet.http.Gate;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Response;
import io.aftercare.fleet.people.Principal;
import io.vertx.core.Context;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;

/// `POST /api/v1/releases`: the envelope first, then each artifact, checked while it streams to disk. Memory is bounded by
/// [PartStream], whatever the size of the artifacts.
final class ReleaseUpload {
    private static final int CONCURRENT_MAX = 4;
    private static final Duration DISCARD_MAX = Duration.ofSeconds(30);

    private final SigningKeys keys;
    private final Releases releases;
    private final ArtifactStore artifacts;
    private final InstantSource clock;
    private final ExecutorService threads;
    private final Semaphore permits = new Semaphore(CONCURRENT_MAX);

    ReleaseUpload(SigningKeys keys, Releases releases, ArtifactStore artifacts, InstantSource clock,
            ExecutorService virtualThreads) {
        this.keys = keys;
        this.releases = releases;
        this.artifacts = artifacts;
        this.clock = clock;
        this.threads = virtualThreads;
    }

    /// On the event loop, with the request paused.
    void handle(RoutingContext context, Principal principal) {
        HttpServerRequest request = context.request();
        Context loop = context.vertx().getOrCreateContext();
        String type = request.getHeader("Content-Type");
        if (type == null || !type.startsWith("multipart/form-data")) {
            request.resume();
            Gate.send(context.response(), Gate.problem(Problem.of(415, "Unsupported media type",
                    "Send multipart/form-data: the part \"envelope\", then an \"artifact\" for each component"),
                    request.uri()));
            return;
        }
        if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
            context.response().writeContinue();
        }
        UploadParts parts = new UploadParts(request, loop);
        request.resume();
        threads.execute(() -> {
            Response response = answer(parts, principal, request.uri());
            boolean finished = parts.discard(DISCARD_MAX);
            loop.runOnContext(_ -> {
                if (!finished) {
                    context.response().putHeader("Connection", "close");
                }
                Gate.send(context.response(), response);
            });
        });
    }

    private Response answer(UploadParts parts, Principal principal, String uri) {
        if (!permits.tryAcquire()) {
            return Gate.problem(Problem.of(503, "Busy", CONCURRENT_MAX
                    + " releases are being uploaded already; try again when they are done"), uri);
        }
        try {
            Release release = receive(parts, principal);
            return Response.created("/api/v1/releases/" + release.id(), release.view());
        } catch (Refused refused) {
            return Gate.problem(refused.problem(), uri);
        } catch (BrokenUpload broken) {
            return Gate.problem(Problem.badRequest(String.valueOf(broken.getMessage())), uri);
        } catch (IOException | RuntimeException e) {
            return Gate.problem(e, uri);
        } finally {
            permits.release();
        }
    }

    private Release receive(UploadParts parts, Principal principal) throws IOException {
        PartStream part = parts.next().orElse(null);
        byte[] raw = part != null && part.field().equals("envelope")
                ? envelope(part)
                : parts.envelopeField().orElseThrow(() -> Refused.malformed(
                        "The first part must be \"envelope\", the DSSE envelope; the artifacts follow it"));
        Envelope envelope = Envelope.parse(raw);
        String key = envelope.verify(keys.trusted());
        Manifest manifest = Manifest.parse(envelope.payload());
        manifest.checkTime(clock.instant());
        releases.checkNews(manifest);
        Map<String, Manifest.Component> missing = new HashMap<>();
        manifest.artifacts().forEach(component -> missing.put(component.name(), component));
        if (part == null || part.field().equals("envelope")) {
            part = parts.next().orElse(null);
        }
        for (; part != null; part = parts.next().orElse(null)) {
            store(part, manifest, missing);
        }
        if (!missing.isEmpty()) {
            throw new Refused(Refused.Reason.MIX_AND_MATCH,
                    "the manifest also lists "
                            + String.join(", ", missing.keySet().stream().sorted().toList())
                            + "; send one \"artifact\" part for each, by its file name");
        }
        return releases.publish(principal, envelope, manifest, key);
    }

    private void store(PartStream part, Manifest manifest, Map<String, Manifest.Component> missing)
            throws IOException {
        if (!part.field().equals("artifact")) {
            throw Refused.malformed("Part \"" + part.field() + "\" is unknown; after the envelope come parts"
                    + " named \"artifact\"");
        }
        Manifest.Component component = missing.remove(part.fileName());
        if (component == null) {
            throw new Refused(Refused.Reason.MIX_AND_MATCH, "artifact \"" + part.fileName()
                    + "\" is not in the manifest, or comes twice; the manifest lists " + String.join(", ",
                            manifest.artifacts().stream().map(Manifest.Component::name).toList()));
        }
        artifacts.put(part, component);
    }

    private static byte[] envelope(PartStream part) throws IOException {
        byte[] raw = part.readNBytes(Envelope.BYTES_MAX + 1);
        if (raw.length > Envelope.BYTES_MAX) {
            throw Refused.malformed("The envelope is larger than " + Envelope.BYTES_MAX + " bytes");
        }
        return raw;
    }
}
