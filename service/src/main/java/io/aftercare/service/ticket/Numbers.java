package io.aftercare.service.ticket;

/// What a metric was over a span of time.
///
/// @param count of its samples
public record Numbers(double mean, double min, double max, long count) {}
