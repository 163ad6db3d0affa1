package io.aftercare.service;

import io.aftercare.service.sla.SlaPolicy;
import java.time.Duration;
import java.util.Currency;

/// How the desk works.
///
/// @param policy       how long each clock may count
/// @param reopenWithin a fault that comes back this soon after its case was solved reopens the case
/// @param lookEvery    how often what has come due is looked for; a soak ends, and a breach is noted, that much late at most
/// @param channels     how customers and staff are reached
/// @param currency     of every amount that the desk keeps
public record ServiceConfig(SlaPolicy policy, Duration reopenWithin, Duration lookEvery,
        ChannelConfig channels, Currency currency) {
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

    public ServiceConfig(SlaPolicy policy, Duration reopenWithin, Duration lookEvery) {
        this(policy, reopenWithin, lookEvery, ChannelConfig.defaults(), CURRENCY);
    }

    /// The handbook's promises, thirty days, one second, [#CURRENCY].
    public static ServiceConfig defaults() {
        return new ServiceConfig(SlaPolicy.handbook(), Duration.ofDays(30), Duration.ofSeconds(1));
    }

    /// The same with other ways to reach people.
    public ServiceConfig with(ChannelConfig other) {
        return new ServiceConfig(policy, reopenWithin, lookEvery, other, currency);
    }

    /// The same with amounts in another currency.
    public ServiceConfig with(Currency other) {
        return new ServiceConfig(policy, reopenWithin, lookEvery, channels, other);
    }
}
