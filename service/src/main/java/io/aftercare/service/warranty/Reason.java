package io.aftercare.service.warranty;

/// Why something is, or is not: a code for programs, words for people.
public record Reason(String code, String zh, String en) {}
