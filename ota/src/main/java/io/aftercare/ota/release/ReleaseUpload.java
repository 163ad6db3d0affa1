package io.aftercare.ota.release;

import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/// `POST /api/v1/releases`: the envelope first, then each artifact, checked while it streams to disk. Holds some hundred
/// kilobytes an upload, whatever the size of the artifacts.
final class ReleaseUpload {
    private static final int CONCURRENT_MAX = 4;

    private final SigningKeys keys;
    private final Releases releases;
    private final ArtifactStore artifacts;
    private final InstantSource clock;
    private final Semaphore permits = new Semaphore(CONCURRENT_MAX);

    ReleaseUpload(SigningKeys keys, Releases releases, ArtifactStore artifacts, InstantSource clock) {
        this.keys = keys;
        this.releases = releases;
        this.artifacts = artifacts;
        this.clock = clock;
    }

    Response handle(Request request, InputStream body) throws IOException {
        if (!permits.tryAcquire()) {
            throw Problem.of(503, "Busy", CONCURRENT_MAX
                    + " releases are being uploaded already; try again when they are done");
        }
        try {
            Multipart parts = new Multipart(body, request.header("Content-Type").orElse(""));
            Release release = receive(parts, request);
            return Response.created("/api/v1/releases/" + release.id(), release.view());
        } catch (Refused refused) {
            throw refused.problem();
        } finally {
            permits.release();
        }
    }

    private Release receive(Multipart parts, Request request) throws IOException {
        Envelope envelope = envelope(parts.next());
        String key = envelope.verify(keys.trusted());
        Manifest manifest = Manifest.parse(envelope.payload());
        manifest.checkTime(clock.instant());
        releases.checkNews(manifest);
        Map<String, Manifest.Component> missing = new LinkedHashMap<>();
        manifest.artifacts().forEach(component -> missing.put(component.name(), component));
        Map<String, Digests> digests = new HashMap<>();
        for (var part = parts.next(); part.isPresent(); part = parts.next()) {
            Manifest.Component component = expected(part.get(), missing);
            digests.put(component.name(), artifacts.put(part.get(), component));
        }
        if (!missing.isEmpty()) {
            throw new Refused(Refused.Reason.MIX_AND_MATCH, "the manifest also lists "
                    + String.join(", ", missing.keySet())
                    + "; send one \"artifact\" part for each, by its file name");
        }
        return releases.publish(request.principal(), envelope, manifest, digests, key);
    }

    private static Manifest.Component expected(Multipart.Part part, Map<String, Manifest.Component> missing) {
        if (!part.field().equals("artifact")) {
            throw Refused.malformed("Part \"" + part.field()
                    + "\" is unknown; after the envelope come parts named \"artifact\"");
        }
        Manifest.Component component = missing.remove(part.fileName());
        if (component == null) {
            throw new Refused(Refused.Reason.MIX_AND_MATCH, "artifact \"" + part.fileName()
                    + "\" is not in the manifest, or comes twice; still missing are: "
                    + String.join(", ", missing.keySet()));
        }
        return component;
    }

    private static Envelope envelope(Optional<Multipart.Part> first) throws IOException {
        if (first.isEmpty() || !first.get().field().equals("envelope")) {
            throw Refused.malformed(
                    "The first part must be \"envelope\", the DSSE envelope; the artifacts follow it");
        }
        byte[] raw = first.get().readNBytes(Envelope.BYTES_MAX + 1);
        if (raw.length > Envelope.BYTES_MAX) {
            throw Refused.malformed("The envelope is larger than " + Envelope.BYTES_MAX + " bytes");
        }
        return Envelope.parse(raw);
    }
}
