package io.aftercare.ingest.store;

import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.http.Json;
import io.vertx.core.Context;
import io.vertx.core.http.HttpServerResponse;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/// Writes every sample of a range to an HTTP answer as it comes from the database, no faster than the reader takes it:
/// memory stays at a few tens of kilobytes however long the range. Runs on a virtual thread; writes on the request's loop.
final class RawAnswer {
    private static final int CHUNK_CHARS = 16 * 1024;

    private final HttpServerResponse response;
    private final Context loop;
    private final Semaphore turn = new Semaphore(1);
    private final AtomicBoolean gone = new AtomicBoolean();
    private final StringBuilder text = new StringBuilder(CHUNK_CHARS + 64);

    /// Thrown where the reader has gone.
    static final class ReaderGoneException extends RuntimeException {
        ReaderGoneException() {
            super("The reader has gone", null, false, false);
        }
    }

    RawAnswer(HttpServerResponse response, Context loop) {
        this.response = response;
        this.loop = loop;
        response.setChunked(true).putHeader("Content-Type", "application/json");
        response.closeHandler(_ -> {
            gone.set(true);
            turn.release();
        });
    }

    void write(TelemetryQuery query, Device device, Map<String, Integer> places, TimeRange range)
            throws InterruptedException {
        text.append("{\"series\":[");
        boolean first = true;
        for (Map.Entry<String, Integer> metric : places.entrySet()) {
            text.append(first ? "" : ",").append("{\"metric\":").append(Json.text(metric.getKey()))
                    .append(",\"points\":[");
            first = false;
            boolean[] more = {false};
            query.raw(device, metric.getValue(), range, (micros, value) -> {
                point(more[0], micros, value);
                more[0] = true;
            });
            text.append("]}");
        }
        text.append("]}");
        flush();
        loop.runOnContext(_ -> response.end());
    }

    private void point(boolean more, long micros, double value) throws InterruptedException {
        text.append(more ? ",[" : "[").append(Math.floorDiv(micros, 1000)).append(',').append(value)
                .append(']');
        if (text.length() >= CHUNK_CHARS) {
            flush();
        }
    }

    private void flush() throws InterruptedException {
        String chunk = text.toString();
        text.setLength(0);
        turn.acquire();
        if (gone.get()) {
            throw new ReaderGoneException();
        }
        loop.runOnContext(_ -> {
            if (response.closed()) {
                return;
            }
            response.write(chunk).onComplete(_ -> turn.release());
        });
    }
}
