package io.aftercare.service.attachment;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// What may be attached: pictures, films, sound, documents; nothing that a browser would run. Where a type has a mark at
/// its beginning, the content must bear it.
enum FileType {
    PNG("image/png", 0, "\u0089PNG"),
    JPEG("image/jpeg", 0, "\u00ff\u00d8\u00ff"),
    GIF("image/gif", 0,
            "GIF8"),
    WEBP("image/webp", 8, "WEBP"),
    HEIC("image/heic", 4, "ftyp"),
    PDF("application/pdf", 0,
            "%PDF-"),
    MP4("video/mp4", 4, "ftyp"),
    MPEG_AUDIO("audio/mpeg", 0, ""),
    MP4_AUDIO(
            "audio/mp4", 4, "ftyp"),
    TEXT("text/plain", 0, ""),
    CSV("text/csv", 0, ""),
    JSON(
            "application/json", 0, ""),
    ZIP("application/zip", 0, "PK"),
    DOCX(
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            0, "PK"),
    XLSX(
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            0, "PK");

    /// How many bytes of the beginning [#fits] wants to see.
    static final int HEAD_BYTES = 16;

    private final String media;
    private final int offset;
    private final String mark;

    FileType(String media, int offset, String mark) {
        this.media = media;
        this.offset = offset;
        this.mark = mark;
    }

    /// As `Content-Type` names it, without parameters.
    String media() {
        return media;
    }

    static Optional<FileType> parse(String contentType) {
        int end = contentType.indexOf(';');
        String media = (end < 0 ? contentType : contentType.substring(0, end)).strip()
                .toLowerCase(Locale.ROOT);
        return Stream.of(values()).filter(type -> type.media.equals(media)).findFirst();
    }

    /// Whether a content that begins so may be of this type.
    boolean fits(byte[] head) {
        int end = offset + mark.length();
        return head.length >= end
                && new String(head, offset, mark.length(), StandardCharsets.ISO_8859_1).equals(mark);
    }
}
