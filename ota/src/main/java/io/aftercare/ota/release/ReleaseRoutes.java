package io.aftercare.ota.release;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.aftercare.fleet.background.BackgroundLoop;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Page;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;

/// Signing keys and releases, of the staff's API.
public final class ReleaseRoutes implements AutoCloseable {
    private final SigningKeys keys;
    private final Roots roots;
    private final Releases releases;
    private final ReleaseUpload upload;
    private final Function<String, ?> fixing;
    private final BackgroundLoop orphans;

    /// A release with what it is for.
    record Shown(@JsonUnwrapped Release.View release, Object fixing) {}

    record NewKey(String name, String publicKey) {}

    /// @param fixing what a release is for, by its id: shown with it
    public ReleaseRoutes(SigningKeys keys, Roots roots, Releases releases, ArtifactStore artifacts,
            Function<String, ?> fixing, InstantSource clock) {
        this.roots = roots;
        this.fixing = fixing;
        this.keys = keys;
        this.releases = releases;
        this.upload = new ReleaseUpload(new Trust(keys, roots), releases, artifacts, clock);
        this.orphans = new BackgroundLoop("ota-orphans", Duration.ofDays(1), this::removeOrphans);
    }

    /// Begins to look once a day, and now, for files that no release has.
    public void start() {
        orphans.start();
    }

    @Override
    public void close() {
        orphans.close();
    }

    public void bind(Operations operations) {
        operations.on("addSigningKey", this::addKey).on("listSigningKeys", _ -> listKeys())
                .on("revokeSigningKey", this::revokeKey)
                .onBody("publishRelease", upload::handle).on("listReleases", this::list)
                .on("getRelease", this::get);
    }

    private boolean removeOrphans() {
        try {
            upload.removeOrphans();
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Response addKey(Request request) {
        roots.version().ifPresent(version -> {
            throw Problem.conflict("Root version " + version
                    + " says whose signatures count, so a key registered"
                    + " here would count for nothing; name it in the release role of the next root, POST"
                    + " /api/v1/roots");
        });
        NewKey key = request.body(NewKey.class);
        try {
            return Response.created("/api/v1/signing-keys/" + key.name(),
                    keys.add(request.principal(), key.name(), key.publicKey()));
        } catch (Refused refused) {
            throw Problem.invalid("publicKey", refused.getMessage() == null ? "" : refused.getMessage());
        }
    }

    private Response listKeys() {
        return Response.ok(new Page<>(keys.list(), null));
    }

    private Response revokeKey(Request request) {
        keys.revoke(request.principal(), request.path("name"));
        return Response.noContent();
    }

    private Response list(Request request) {
        List<Release.View> rows = releases
                .list(request.query("product").orElse(null), request.cursorNumber().orElse(null),
                        request.limit() + 1)
                .stream()
                .map(Release::view).toList();
        return Response.ok(Page.of(rows, request.limit(), view -> view.id().substring(1)));
    }

    private Response get(Request request) {
        Release release = find(request);
        return Response.ok(new Shown(release.view(), fixing.apply(release.id())));
    }

    private Release find(Request request) {
        String id = request.path("id");
        return releases.find(id).orElseThrow(() -> Problem.notFound("release", id));
    }
}
