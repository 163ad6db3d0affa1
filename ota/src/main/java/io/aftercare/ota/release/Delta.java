package io.aftercare.ota.release;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// A patch that makes an artifact from one that a device runs already. Signed like the artifact, which is what counts: a device
/// compares what it has made with the artifact's size and sha256, and fetches the whole artifact where that fails.
///
/// @param from   sha256 of what it is applied to
/// @param name   file name, unique in the manifest
/// @param size   bytes
/// @param sha256 lower-case hexadecimal
/// @param format how it is applied
public record Delta(String from, String name, long size, String sha256, String format) {
    /// As `zstd --patch-from` makes it: a frame whose window reaches back into the other file (RFC 8878, with that file as raw
    /// content dictionary).
    public static final String ZSTD = "zstd-patch-from";
    private static final Set<String> FIELDS = Set.of("from", "name", "size", "sha256", "format");
    private static final int EACH_MAX = 16;

    /// Those of an artifact of the manifest.
    static List<Delta> parse(JsonNode artifact, String sha256) {
        JsonNode list = artifact.get("deltas");
        if (list == null || list.isNull()) {
            return List.of();
        }
        if (!list.isArray() || list.size() > EACH_MAX) {
            throw Refused.malformed(
                    "An artifact's \"deltas\" is not a list of at most " + EACH_MAX + " objects");
        }
        List<Delta> deltas = new ArrayList<>();
        for (JsonNode entry : list) {
            deltas.add(one(entry, sha256));
        }
        if (deltas.stream().map(Delta::from).distinct().count() < deltas.size()) {
            throw Refused.malformed("Two deltas of one artifact are \"from\" the same file");
        }
        return deltas;
    }

    private static Delta one(JsonNode entry, String artifact) {
        if (!entry.isObject()) {
            throw Refused.malformed("A delta of the manifest is not a JSON object");
        }
        StrictJson.onlyFields("delta", entry, FIELDS);
        Delta delta = new Delta(Manifest.sha256("delta", entry, "from"),
                Manifest.named("deltas.name", StrictJson.text("delta", entry, "name")),
                StrictJson.positive("delta", entry, "size"), Manifest.sha256("delta", entry, "sha256"),
                StrictJson.text("delta", entry, "format"));
        if (!delta.format.equals(ZSTD)) {
            throw Refused.malformed("The delta " + delta.name + " has format \"" + delta.format
                    + "\"; there is " + ZSTD);
        }
        if (delta.from.equals(artifact)) {
            throw Refused.malformed("The delta " + delta.name + " is from the very artifact that it makes");
        }
        return delta;
    }

    /// The patch itself, as a file to be stored and sent.
    public Manifest.Component file() {
        return new Manifest.Component(name, size, sha256);
    }
}
