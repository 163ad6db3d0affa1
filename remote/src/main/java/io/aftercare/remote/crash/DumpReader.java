package io.aftercare.remote.crash;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/// Looks into a dump: JSON, plain or gzip, of at most [#BYTES_MAX] unpacked. Whatever else it is stays what it is.
final class DumpReader {
    static final int BYTES_MAX = 2 << 20;
    private static final int DEPTH_MAX = 32;
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEPTH_MAX).build())
            .build()).build();

    private DumpReader() {}

    /// @return empty where it is in another format, or too large to look into
    /// @throws IOException where it cannot be read from the disk
    static Optional<JsonNode> read(InputStream file) throws IOException {
        PushbackInputStream ahead = new PushbackInputStream(file, 2);
        byte[] magic = ahead.readNBytes(2);
        ahead.unread(magic);
        boolean packed = magic.length == 2 && magic[0] == (byte) 0x1f && magic[1] == (byte) 0x8b;
        return packed ? unpacked(ahead) : parse(ahead);
    }

    private static Optional<JsonNode> unpacked(InputStream packed) throws IOException {
        try {
            return parse(new GZIPInputStream(packed));
        } catch (ZipException | EOFException e) {
            return Optional.empty(); // it only begins like one
        }
    }

    private static Optional<JsonNode> parse(InputStream from) throws IOException {
        byte[] bytes = from.readNBytes(BYTES_MAX + 1);
        if (bytes.length > BYTES_MAX) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(MAPPER.readTree(bytes)).filter(JsonNode::isObject);
        } catch (JsonProcessingException e) {
            return Optional.empty(); // another format
        }
    }
}
