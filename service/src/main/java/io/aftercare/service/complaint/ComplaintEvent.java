package io.aftercare.service.complaint;

import org.jspecify.annotations.Nullable;

/// What can happen to a complaint.
sealed interface ComplaintEvent {
    /// Somebody corrects it; null leaves as it is.
    record Edit(@Nullable String kind, @Nullable String severity, @Nullable String owner)
            implements
                ComplaintEvent {}

    /// It was looked into at first sight.
    record Verify(String finding, boolean justified) implements ComplaintEvent {}

    record Investigate(@Nullable String reason) implements ComplaintEvent {}

    /// Why it happened.
    ///
    /// @param code   by which complaints of one cause are counted
    /// @param before the newest earlier complaint of the same product, class and cause, null where there is none
    record Cause(String text, String code, @Nullable String before) implements ComplaintEvent {}

    record Answer(@Nullable String reply) implements ComplaintEvent {}

    /// Somebody asked the customer; 1 is bad and 5 is good.
    record FollowUp(int satisfaction, String note) implements ComplaintEvent {}

    record Close(@Nullable String note) implements ComplaintEvent {}

    /// How far it is.
    record Update(String text) implements ComplaintEvent {}
}
