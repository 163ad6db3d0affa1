package io.aftercare.service.warranty;

/// The same said in Chinese and in English.
public record Words(String zh, String en) {}
