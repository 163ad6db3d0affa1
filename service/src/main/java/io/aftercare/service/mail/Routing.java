package io.aftercare.service.mail;

import org.jspecify.annotations.Nullable;

/// What becomes of a letter. Pure.
sealed interface Routing {
    /// A sender who writes more than this within an hour opens no more cases.
    int HOURLY_MAX = 10;

    /// It opens a case.
    ///
    /// @param mentions the case that it speaks of without belonging to it, null for none
    record Open(@Nullable Long mentions) implements Routing {}

    /// It is the customer's answer.
    record Answer(long ticket) implements Routing {}

    /// It is noted in a case that it changes nothing of.
    record Noted(long ticket, String why, boolean flood) implements Routing {}

    /// It is kept in the list of letters alone.
    record Ignored(String why) implements Routing {}

    /// What is known of a letter.
    ///
    /// @param fromUs     whether it comes from the desk's own address
    /// @param named      the case that it refers to or names, null for none
    /// @param isCustomer whether its sender is the contact of that case
    /// @param isOver     whether that case is closed or cancelled
    /// @param lastHour   how many letters the sender wrote within an hour before this one
    /// @param latest     the newest case of those, null for none
    record Facts(boolean fromUs, boolean automatic, @Nullable Long named, boolean isCustomer, boolean isOver,
            int lastHour, @Nullable Long latest) {}

    static Routing of(Facts facts) {
        Long named = facts.named();
        if (facts.fromUs()) {
            return new Ignored("it comes from the desk's own address");
        }
        if (facts.automatic()) {
            return named == null
                    ? new Ignored("a machine wrote it")
                    : new Noted(named, "An automatic reply came in", false);
        }
        if (named != null && facts.isCustomer() && !facts.isOver()) {
            return new Answer(named);
        }
        Long latest = facts.latest();
        if (facts.lastHour() >= HOURLY_MAX && latest != null) {
            return new Noted(latest, "One more letter of a sender who writes very often", true);
        }
        return new Open(named);
    }
}
