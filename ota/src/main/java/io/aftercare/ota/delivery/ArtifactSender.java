package io.aftercare.ota.delivery;

import io.aftercare.fleet.http.Problem;
import io.aftercare.ota.release.ArtifactStore;
import io.aftercare.ota.release.Manifest;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends artifacts to devices, whole or in single ranges (RFC 9110): by the kernel without passing through memory, unless a
/// rate slows it. Writes no row. On the event loop of the request.
public final class ArtifactSender {
    private static final Logger LOG = LoggerFactory.getLogger(ArtifactSender.class);

    // RFC 9110, section 5.6.7; java.time's own RFC_1123_DATE_TIME writes days below ten with one digit
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter
            .ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH);

    private final ArtifactStore artifacts;
    private final Pace pace;

    ArtifactSender(ArtifactStore artifacts, Pace pace) {
        this.artifacts = artifacts;
        this.pace = pace;
    }

    /// What is to be sent, and what it is called.
    ///
    /// @param tag      names the content, without its quotation marks; `If-Match` and the like compare it
    /// @param modified since when the content is what it is
    public record Download(Manifest.Component component, String tag, Instant modified, Assigned assigned) {
        private String etag() {
            return "\"" + tag + "\"";
        }
    }

    /// Answers the request.
    ///
    /// @param refuse answers instead where there is a [Problem]; it gets the headers as they are by then
    public void send(RoutingContext context, Download download,
            BiConsumer<RoutingContext, Throwable> refuse) {
        HttpServerRequest request = context.request();
        HttpServerResponse response = context.response();
        if (response.ended() || response.closed()) {
            return;
        }
        Manifest.Component component = download.component();
        String ifMatch = request.getHeader("If-Match");
        if (ifMatch != null && !names(ifMatch, download.etag())) {
            refuse.accept(context, Problem.of(412, "Precondition failed",
                    "The artifact is " + download.etag() + ", not " + ifMatch));
            return;
        }
        head(response, download);
        String ifNoneMatch = request.getHeader("If-None-Match");
        if (ifNoneMatch != null && names(ifNoneMatch, download.etag())) {
            response.setStatusCode(304).end();
            return;
        }
        boolean ranged = isSame(request.getHeader("If-Range"), download)
                && request.method().equals(HttpMethod.GET);
        switch (ByteRange.of(ranged ? request.getHeader("Range") : null, component.size())) {
            case ByteRange.Whole _ -> transfer(context, download, 0, component.size(), refuse);
            case ByteRange.Part part -> {
                response.setStatusCode(206).putHeader("Content-Range",
                        "bytes " + part.first() + "-" + part.last() + "/" + component.size());
                transfer(context, download, part.first(), part.length(), refuse);
            }
            case ByteRange.Unsatisfiable _ -> {
                response.putHeader("Content-Range", "bytes */" + component.size()).headers()
                        .remove("Content-Type");
                refuse.accept(context, Problem.of(416, "Range not satisfiable",
                        "The artifact has " + component.size() + " bytes"));
            }
        }
    }

    private static void head(HttpServerResponse response, Download download) {
        response.putHeader("ETag", download.etag()).putHeader("Accept-Ranges", "bytes")
                .putHeader("Last-Modified", time(download.modified()))
                .putHeader("Content-Type", "application/octet-stream")
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Cache-Control", "private, immutable, max-age=31536000")
                .putHeader("Content-Disposition",
                        "attachment; filename=\"" + download.component().name() + "\"");
    }

    // a list of tags, or * for any
    private static boolean names(String header, String etag) {
        return header.strip().equals("*")
                || Arrays.stream(header.split(",", -1)).map(String::strip).anyMatch(etag::equals);
    }

    // a range of a file that has changed since would be glued to the wrong beginning
    private static boolean isSame(@Nullable String ifRange, Download download) {
        return ifRange == null || ifRange.equals(download.etag())
                || ifRange.equals(time(download.modified()));
    }

    private static String time(Instant at) {
        return HTTP_DATE.format(at.atZone(ZoneOffset.UTC));
    }

    private void transfer(RoutingContext context, Download download, long from, long length,
            BiConsumer<RoutingContext, Throwable> refuse) {
        HttpServerResponse response = context.response();
        if (context.request().method().equals(HttpMethod.HEAD)) {
            response.putHeader("Content-Length", Long.toString(length)).end();
            return;
        }
        artifacts.here(download.component()).map(Future::succeededFuture)
                .orElseGet(() -> context.vertx()
                        .executeBlocking(() -> artifacts.file(download.component()), false))
                .onSuccess(file -> transfer(context, download, file, from, length, refuse))
                .onFailure(failure -> {
                    LOG.error("Artifact {} cannot be fetched", download.component().sha256(), failure);
                    refuse.accept(context, Problem.of(503, "Artifact not at hand",
                            "The storage of artifacts does not answer; try again later"));
                });
    }

    private void transfer(RoutingContext context, Download download, Path file, long from, long length,
            BiConsumer<RoutingContext, Throwable> refuse) {
        HttpServerResponse response = context.response();
        long bytesPerSecond = download.assigned().plan().rate().bytesPerSecond();
        Future<Void> sent = bytesPerSecond == 0
                ? response.sendFile(file.toString(), from, length)
                : new PacedTransfer(context.vertx(), response, pace, download.assigned().campaign(),
                        bytesPerSecond)
                        .send(file, from, length);
        sent.onFailure(failure -> {
            if (response.headWritten()) {
                LOG.debug("A download of {} broke off: {}", file, failure.toString());
                return; // the device comes back for the rest
            }
            LOG.error("An artifact cannot be read from {}", file, failure);
            refuse.accept(context, failure);
        });
    }
}
