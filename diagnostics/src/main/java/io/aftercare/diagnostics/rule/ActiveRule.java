package io.aftercare.diagnostics.rule;

/// A rule that judges, and its version.
public record ActiveRule(Rule rule, int version) {}
