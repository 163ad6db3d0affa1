package io.aftercare.fleet.search;

/// Something that a text was found in.
///
/// @param kind  what it is, such as `ticket`
/// @param id    as the rest of the interface names it
/// @param sub   what tells it from others of the same title; may be empty
public record Found(String kind, String id, String title, String sub) {}
