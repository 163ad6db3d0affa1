package io.aftercare.remote.shell;

import io.aftercare.remote.TicketName;
import org.jspecify.annotations.Nullable;

/// What somebody asks for.
///
/// @param why     what is to be done there
/// @param minutes how long it may be open
/// @param confirm the device's id, typed again
record ShellWish(String ticket, String why, int minutes, @Nullable String confirm, @Nullable Integer columns,
        @Nullable Integer rows) {
    ShellWish {
        ticket = TicketName.number(ticket);
    }

    Size size() {
        return new Size(columns == null ? 80 : columns, rows == null ? 24 : rows);
    }
}
