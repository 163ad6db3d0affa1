package io.aftercare.ota.release;

import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `POST /api/v1/releases`: the envelope first, then each artifact, checked while it streams to disk. Holds some hundred
/// kilobytes an upload, whatever the size of the artifacts.
final class ReleaseUpload {
    private static final Logger LOG = LoggerFactory.getLogger(ReleaseUpload.class);
    private static final int CONCURRENT_MAX = 4;
    private static final Duration ORPHAN_AGE = Duration.ofDays(1);

    private final Trust trust;
    private final Releases releases;
    private final ArtifactStore artifacts;
    private final InstantSource clock;
    private final Lock publishing = new ReentrantLock();
    private final Semaphore permits = new Semaphore(CONCURRENT_MAX);

    ReleaseUpload(Trust trust, Releases releases, ArtifactStore artifacts, InstantSource clock) {
        this.trust = trust;
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
            throw refused.problem("Release");
        } finally {
            permits.release();
        }
    }

    /// Removes files that no release has: of an upload that a crash cut off between the move of its files and the commit.
    /// Young ones are left alone, so that whoever restores by hand has a day. What lies in an object storage stays there.
    void removeOrphans() throws IOException {
        publishing.lock(); // what is being published has no row yet
        try {
            for (String sha256 : releases.unknown(artifacts.before(clock.instant().minus(ORPHAN_AGE)))) {
                artifacts.drop(sha256);
                LOG.info("Artifact {} belongs to no release and is removed", sha256);
            }
        } finally {
            publishing.unlock();
        }
    }

    private Release receive(Multipart parts, Request request) throws IOException {
        Envelope envelope = envelope(parts.next());
        var _ = trust.verify(envelope, clock.instant());
        Manifest manifest = Manifest.parse(envelope.payload());
        manifest.checkTime(clock.instant());
        releases.checkNews(manifest);
        Deque<Incoming.Staged> staged = new ArrayDeque<>();
        try {
            stage(parts, manifest, staged);
            return publish(request, envelope, manifest, staged);
        } finally {
            for (Incoming.Staged each : staged) {
                each.close();
            }
        }
    }

    private void stage(Multipart parts, Manifest manifest, Deque<Incoming.Staged> staged) throws IOException {
        Map<String, Manifest.Component> missing = new LinkedHashMap<>();
        manifest.files().forEach(component -> missing.put(component.name(), component));
        for (var part = parts.next(); part.isPresent(); part = parts.next()) {
            staged.add(artifacts.incoming().stage(part.get(), expected(part.get(), missing)));
        }
        if (!missing.isEmpty()) {
            throw new Refused(Refused.Reason.MIX_AND_MATCH, "the manifest also lists "
                    + String.join(", ", missing.keySet())
                    + "; send one \"artifact\" part for each, by its file name");
        }
    }

    // one at a time, so that a release refused at the last moment takes no file along that another has just brought too
    private Release publish(Request request, Envelope envelope, Manifest manifest,
            Deque<Incoming.Staged> staged) throws IOException {
        List<String> kept = new ArrayList<>();
        Map<String, Digests> digests = new HashMap<>();
        publishing.lock();
        try {
            for (Incoming.Staged each : staged) {
                digests.put(each.component().name(), each.digests());
                if (!artifacts.isKept(each.component().sha256())) {
                    kept.add(each.component().sha256());
                    artifacts.keep(each);
                }
            }
            Release release = releases.publish(request.principal(), envelope, manifest, digests,
                    handle -> trust.verify(handle, envelope, clock.instant()));
            kept.clear();
            return release;
        } finally {
            for (String sha256 : kept) {
                artifacts.delete(sha256);
            }
            publishing.unlock();
        }
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
