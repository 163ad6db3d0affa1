package io.aftercare.service.ticket;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What becomes of the tags of a case. Pure.
///
/// @param all    what they are from now on, null to begin with those that it has
/// @param add    these too
/// @param remove and not these
record Tagging(@Nullable List<String> all, List<String> add, List<String> remove) {
    static final Tagging NONE = new Tagging(null, List.of(), List.of());
    static final int TAGS_MAX = 20;

    Tagging {
        all = all == null ? null : clean(all);
        add = clean(add);
        remove = clean(remove);
    }

    /// Each once, in their order.
    List<String> of(List<String> before) {
        Set<String> tags = new LinkedHashSet<>(all == null ? before : all);
        tags.addAll(add);
        remove.forEach(tags::remove);
        return List.copyOf(tags);
    }

    private static List<String> clean(@Nullable Collection<String> told) {
        return told == null
                ? List.of()
                : told.stream().map(String::strip).filter(tag -> !tag.isEmpty()).distinct().toList();
    }
}
