package io.aftercare.service.customer;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A customer's file without the person in it: what every room may know.
///
/// @param id       pseudonym, such as `K-9f0c…`
/// @param locale   `zh` or `en`, null where nobody said
/// @param grade    the group that decides which service level applies, such as `standard` or `gold` (R92)
/// @param channel  how the customer wants to be reached, null where nothing was said
/// @param hold     why the personal data may not be erased, null where it may
/// @param erasedAt since when the person is forgotten
public record Customer(String id, int version, @Nullable String locale, String grade,
        @Nullable String channel,
        @Nullable String hold, Instant createdAt, @Nullable Instant erasedAt) {
    public static final String STANDARD = "standard";
}
