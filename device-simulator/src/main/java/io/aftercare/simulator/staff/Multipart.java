package io.aftercare.simulator.staff;

import java.io.FileNotFoundException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// A `multipart/form-data` body (RFC 7578) made of files, streamed from disk. Parts are sent in the order they are added.
public final class Multipart {
    private final String boundary = "part-" + UUID.randomUUID();
    private final List<BodyPublisher> pieces = new ArrayList<>();

    public Multipart file(String name, Path file, String contentType) throws FileNotFoundException {
        pieces.add(text("--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + name
                + "\"; filename=\"" + file.getFileName() + "\"\r\nContent-Type: " + contentType
                + "\r\n\r\n"));
        pieces.add(BodyPublishers.ofFile(file));
        pieces.add(text("\r\n"));
        return this;
    }

    String contentType() {
        return "multipart/form-data; boundary=" + boundary;
    }

    BodyPublisher body() {
        List<BodyPublisher> all = new ArrayList<>(pieces);
        all.add(text("--" + boundary + "--\r\n"));
        return BodyPublishers.concat(all.toArray(BodyPublisher[]::new));
    }

    private static BodyPublisher text(String text) {
        return BodyPublishers.ofString(text, StandardCharsets.UTF_8);
    }
}
