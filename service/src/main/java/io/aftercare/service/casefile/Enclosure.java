package io.aftercare.service.casefile;

import java.util.function.Supplier;

/// A file that belongs to a document of a case.
///
/// @param type    media type, such as `image/jpeg`
/// @param sha256  of its bytes, in hexadecimal
/// @param size    in bytes
/// @param content gives the bytes; asked only where the file is small enough to be put into the case file's page
public record Enclosure(String name, String type, String sha256, long size, Supplier<byte[]> content) {}
