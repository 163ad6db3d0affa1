package io.aftercare.service.similar;

/// One time that a similar case was solved.
///
/// @param cause what was found to be behind it
/// @param done  what was done, in words; may be empty
/// @param held  whether the case stayed solved
record Attempt(String number, String cause, String done, boolean held) {}
