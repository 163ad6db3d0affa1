package io.aftercare.service.quality;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/// What figures and reports want to know of other rooms; each is told by id of the case, for cases opened from `from` to before
/// `to`. [io.aftercare.service.Service] fills it in.
///
/// @param drills    the cases of drills, which count nowhere
/// @param visits    how often somebody was sent
/// @param scores    the customers' mean scores from 1 to 5
/// @param hotSpots  what customers complain of most, by the time of the complaint
public record Sources(Drills drills, Visits visits, Scores scores, HotSpots hotSpots) {
    /// A desk without those rooms.
    public static final Sources NONE = new Sources((_, _, _) -> Set.of(), (_, _, _) -> Map.of(),
            (_, _, _) -> Map.of(), (_, _, _) -> List.of());

    @FunctionalInterface
    public interface Drills {
        Set<Long> of(Handle handle, Instant from, Instant to);
    }

    @FunctionalInterface
    public interface Visits {
        Map<Long, Integer> of(Handle handle, Instant from, Instant to);
    }

    @FunctionalInterface
    public interface Scores {
        Map<Long, Double> of(Handle handle, Instant from, Instant to);
    }

    @FunctionalInterface
    public interface HotSpots {
        /// The most frequent first, at most some tens.
        List<HotSpot> of(Handle handle, Instant from, Instant to);
    }

    /// Complaints of one kind about one model.
    ///
    /// @param kind  class of the complaint, such as `product`
    /// @param cause the root cause that was found, empty where none is yet
    public record HotSpot(String model, String kind, String cause, int complaints) {}
}
