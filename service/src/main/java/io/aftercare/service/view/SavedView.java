package io.aftercare.service.view;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;

/// A list as somebody likes to see it, kept under a name.
///
/// @param name   of the view, one a person
/// @param author whose it is
/// @param page   of the console, such as `queue`
/// @param query  what the page's address has behind the `?`: filters, sorting, columns
/// @param isShared whether all staff see it
record SavedView(String name, String author, String page, String query, String title,
        @JsonProperty("shared") boolean isShared, int version, Instant updatedAt) {}
