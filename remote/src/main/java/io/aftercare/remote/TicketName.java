package io.aftercare.remote;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What people call a ticket: its id, or its number such as `T-000012`.
public final class TicketName {
    private static final Pattern ID = Pattern.compile("(?:T-)?0*(\\d{1,18})");

    private TicketName() {}

    /// Its number, whichever way people wrote it: what belongs to a ticket is kept, found and purged by that. A name that is
    /// neither id nor number stays as it is, and no ticket will be found by it.
    public static String number(String name) {
        Matcher id = ID.matcher(name);
        return id.matches() ? String.format(Locale.ROOT, "T-%06d", Long.parseLong(id.group(1))) : name;
    }
}
