package io.aftercare.service.attachment;

import java.time.Instant;

/// A file that belongs to a case.
///
/// @param type   as `Content-Type` names it
/// @param sha256 of its content, in hexadecimal
/// @param by     who attached it
public record Attachment(String id, String ticket, String name, String type, long bytes, String sha256,
        String by, Instant at) {}
