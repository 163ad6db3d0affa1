package io.aftercare.service;

import io.aftercare.service.attachment.AttachmentConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Currency;

/// How the desk works.
///
/// @param reopenWithin a fault that comes back this soon after its case was solved reopens the case
/// @param lookEvery    how often what has come due is looked for; a soak ends, and a breach is noted, that much late at most
/// @param channels     how customers and staff are reached
/// @param currency     of every amount that the desk keeps
/// @param attachments  where files of cases are kept
public record ServiceConfig(Duration reopenWithin, Duration lookEvery,
        ChannelConfig channels, Currency currency, AttachmentConfig attachments) {
    /// Where nobody says otherwise.
    public static final Currency CURRENCY = Currency.getInstance("CNY");

    public ServiceConfig {
        if (reopenWithin.isNegative()) {
            throw new IllegalArgumentException("reopenWithin may not be negative: " + reopenWithin);
        }
        if (lookEvery.compareTo(Duration.ofMillis(10)) < 0) {
            throw new IllegalArgumentException("lookEvery is at least 10 ms: " + lookEvery);
        }
    }

    public ServiceConfig(Duration reopenWithin, Duration lookEvery) {
        this(reopenWithin, lookEvery, ChannelConfig.defaults(), CURRENCY,
                AttachmentConfig.in(Path.of("data", "attachments")));
    }

    /// Thirty days, one second, [#CURRENCY].
    public static ServiceConfig defaults() {
        return new ServiceConfig(Duration.ofDays(30), Duration.ofSeconds(1));
    }

    /// The same with other ways to reach people.
    public ServiceConfig with(ChannelConfig other) {
        return new ServiceConfig(reopenWithin, lookEvery, other, currency, attachments);
    }

    /// The same with amounts in another currency.
    public ServiceConfig with(Currency other) {
        return new ServiceConfig(reopenWithin, lookEvery, channels, other, attachments);
    }

    /// The same with files elsewhere.
    public ServiceConfig with(AttachmentConfig other) {
        return new ServiceConfig(reopenWithin, lookEvery, channels, currency, other);
    }
}
