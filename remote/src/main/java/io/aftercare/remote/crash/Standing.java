package io.aftercare.remote.crash;

import java.util.Collection;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/// How a group of crashes stands: decisions, pure. Empty where something is not possible, or changes nothing.
///
/// @param assignee    who has it, or had it when it was resolved
/// @param resolvedIn  firmware that is without it, as was said last
/// @param regressedIn firmware in which it came all the same
record Standing(GroupState state, @Nullable String assignee, @Nullable String resolvedIn,
        @Nullable String regressedIn) {
    static final Standing NEW = new Standing(GroupState.OPEN, null, null, null);

    /// @param who null for nobody
    Optional<Standing> assign(@Nullable String who) {
        return state.after(who == null ? GroupEvent.UNASSIGN : GroupEvent.ASSIGN)
                .map(next -> new Standing(next, who, resolvedIn, regressedIn));
    }

    Optional<Standing> resolve(String firmware) {
        return state.after(GroupEvent.RESOLVE).map(next -> new Standing(next, assignee, firmware, null));
    }

    Optional<Standing> reopen() {
        return state.after(GroupEvent.REOPEN).map(next -> new Standing(next, null, null, null));
    }

    /// A crash of it came. Firmware that has no place in the order of versions, or is older, says nothing about what was mended.
    ///
    /// @param below whether both are versions, and the first the older
    Optional<Standing> seen(String firmware, BiPredicate<String, String> below) {
        String mended = resolvedIn;
        return mended != null && (firmware.equals(mended) || below.test(mended, firmware))
                ? state.after(GroupEvent.SEEN_AGAIN)
                        .map(next -> new Standing(next, assignee, mended, firmware))
                : Optional.empty();
    }

    /// Another group turned out to be the same: it keeps what was decided of it, unless the other's crashes say otherwise, and gets
    /// the other's assignee where it has none.
    Standing with(Standing other, Collection<String> firmwares, BiPredicate<String, String> below) {
        Standing after = this;
        for (String firmware : firmwares) {
            after = after.seen(firmware, below).orElse(after);
        }
        return after.assignee == null && other.assignee != null && after.state == GroupState.OPEN
                ? after.assign(other.assignee).orElse(after)
                : after;
    }
}
