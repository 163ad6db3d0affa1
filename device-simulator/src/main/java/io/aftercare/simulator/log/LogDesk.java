package io.aftercare.simulator.log;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.simulator.action.Outcome;
import io.aftercare.simulator.action.Outcome.Failed;
import io.aftercare.simulator.action.Outcome.Lasting;
import io.aftercare.simulator.action.Outcome.Rejected;
import io.aftercare.simulator.action.Outcome.Silent;
import io.aftercare.simulator.action.Outcome.Succeeded;
import io.aftercare.simulator.log.DeviceLog.Line;
import io.aftercare.simulator.misbehaviour.Misbehaviour;
import io.aftercare.simulator.misbehaviour.Temper;
import io.aftercare.simulator.upload.Ending;
import io.aftercare.simulator.upload.Gzip;
import io.aftercare.simulator.upload.Uploader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/// Answers `get_logs`: with the lines themselves, or by an upload where one is wanted. Thread-safe.
public final class LogDesk {
    private static final int GZIP_FROM_BYTES = 4_096;

    private final DeviceLog log;
    private final Uploader uploader;
    private final Temper temper;

    public LogDesk(DeviceLog log, Uploader uploader, Temper temper) {
        this.log = log;
        this.uploader = uploader;
        this.temper = temper;
    }

    /// Does it, in the background where something is to be uploaded.
    public Outcome get(JsonNode params) {
        JsonNode upload = params.path("upload");
        try {
            LogQuery query = LogQuery.parse(params, upload.isObject());
            String text = text(query);
            if (!upload.isObject()) {
                return new Succeeded(text);
            }
            String url = upload.path("url").asText();
            return new Lasting(() -> upload(upload.path("id").asText(), url, text, query.bytesMax()));
        } catch (IllegalArgumentException e) {
            return new Rejected(String.valueOf(e.getMessage()));
        }
    }

    private String text(LogQuery query) {
        List<Line> lines = log.select(query);
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }

    private Outcome upload(String id, String url, String text, long bytesMax) throws InterruptedException {
        byte[] plain = text.getBytes(StandardCharsets.UTF_8);
        byte[] body = temper.is(Misbehaviour.TOO_LONG)
                ? new byte[(int) Math.min(64L << 20, bytesMax * 2)]
                : plain.length >= GZIP_FROM_BYTES ? Gzip.of(plain) : plain;
        return switch (uploader.upload(url, body)) {
            case Ending.Complete _ -> new Succeeded(Map.of("upload", id));
            case Ending.GivenUp gaveUp -> new Failed("upload " + id + ": " + gaveUp.why());
            case Ending.Silent _ -> new Silent();
        };
    }
}
