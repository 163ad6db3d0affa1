package io.aftercare.service.stock;

import org.jspecify.annotations.Nullable;

/// A place of the ledger.
///
/// @param outlet   the outlet that it belongs to, empty for none
/// @param engineer whose van it is
public record Location(String code, LocationKind kind, String name, String outlet, @Nullable String engineer,
        boolean active) {}
