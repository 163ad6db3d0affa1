package io.aftercare.service.notice;

import io.aftercare.service.text.Language;
import org.jspecify.annotations.Nullable;

/// A notice as it leaves the house.
///
/// @param ticket    which case it is about, null for none; letters about one case belong to one conversation
/// @param automatic whether no person wrote it, so that machines do not answer it
public record Letter(long notice, @Nullable Long ticket, String to, String subject, String text,
        Language language, boolean automatic) {}
