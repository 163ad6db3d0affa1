package io.aftercare.ingest.thingsboard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.http.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/// What has to be remembered of one device to translate between its words and ours, beyond its connections: which number
/// stands for which action, which release it is offered, who asked for a chunk. Bounded; lost at a restart of the backend,
/// which sends again what is open as soon as the device has subscribed. Thread-safe.
final class Memory {
    private static final int ENTRIES_MAX = 64;

    private final Map<Integer, String> actions = bounded();
    private final Map<String, Pinned> requests = bounded();
    private final Map<String, Pinned> chunks = bounded();
    private @Nullable Offer offer;

    /// A download: the device's own name for it, the release that it began with, and the chunk size that was asked last.
    private static final class Pinned {
        private final String request;
        private final Offer offer;
        private String size;

        Pinned(String request, Offer offer) {
            this.request = request;
            this.offer = offer;
            this.size = Long.toString(offer.size());
        }
    }

    /// The firmware that the device was told of last.
    record Offer(String release, String title, String version, long size, String sha256) {
        static @Nullable Offer of(JsonNode offer) {
            String sha256 = offer.path("sha256").asText();
            return sha256.isEmpty()
                    ? null
                    : new Offer(offer.path("release").asText(), title(offer), offer.path("version").asText(),
                            offer.path("size").asLong(), sha256);
        }

        // The product's name, which stands in the signed manifest.
        private static String title(JsonNode offer) {
            try {
                byte[] manifest = Base64.getDecoder()
                        .decode(offer.path("envelope").path("payload").asText());
                return Json.mapper().readTree(manifest).path("product").asText("firmware");
            } catch (IOException | IllegalArgumentException e) {
                return "firmware"; // only a name; what counts is the checksum
            }
        }

        /// As ThingsBoard's shared attributes.
        ObjectNode attributes() {
            return Json.object().put("fw_title", title).put("fw_version", version)
                    .put("fw_tag", title + " " + version).put("fw_size", size)
                    .put("fw_checksum", sha256).put("fw_checksum_algorithm", "SHA256")
                    .put("fw_state", "QUEUED");
        }
    }

    private static <K, V> Map<K, V> bounded() {
        return new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > ENTRIES_MAX;
            }
        };
    }

    /// The number by which the device knows an action: ThingsBoard's clients want digits. The same each time it is sent.
    synchronized int number(String action) {
        CRC32 hash = new CRC32();
        hash.update(action.getBytes(StandardCharsets.UTF_8));
        int number = (int) hash.getValue() & Integer.MAX_VALUE;
        actions.put(number, action);
        return number;
    }

    synchronized @Nullable String action(int number) {
        return actions.get(number);
    }

    synchronized void offered(@Nullable Offer now) {
        offer = now;
    }

    synchronized @Nullable Offer offer() {
        return offer;
    }

    /// The device asked for a chunk, under a name of its own for the download. It stays with the release that it began with:
    /// half of one and half of another would be worse than none.
    ///
    /// @return the release, null where none is offered
    synchronized @Nullable String asked(int chunk, String request) {
        Pinned pinned = requests.get(request);
        if (pinned == null && offer != null) {
            pinned = new Pinned(request, offer);
            requests.put(request, pinned);
        }
        if (pinned == null) {
            return null;
        }
        chunks.put(pinned.offer.release() + "/" + chunk, pinned);
        return pinned.offer.release();
    }

    /// The chunk size that a request means: where it says none, the one that it said last, at first that of the whole file.
    synchronized String size(String release, int chunk, String said) {
        Pinned pinned = chunks.get(release + "/" + chunk);
        if (pinned == null) {
            return said;
        }
        pinned.size = said.isEmpty() ? pinned.size : said;
        return pinned.size;
    }

    /// Which download the answer to a chunk belongs to.
    synchronized String request(String release, int chunk) {
        Pinned pinned = chunks.get(release + "/" + chunk);
        return pinned == null ? "0" : pinned.request;
    }
}
