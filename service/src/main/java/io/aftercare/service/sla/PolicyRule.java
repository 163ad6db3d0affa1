package io.aftercare.service.sla;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What is promised to whom.
///
/// @param when   to which cases it applies, all of them where it is left out
/// @param clocks the promise for each type of clock that it speaks of, by its name
@JsonInclude(JsonInclude.Include.NON_NULL)
record PolicyRule(@Nullable When when, Map<String, Promise> clocks) {
    /// A list that is left out, or empty, stands for everything.
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record When(@Nullable List<String> grade, @Nullable List<String> region,
            @Nullable List<String> priority, @Nullable List<String> origin) {
        static final When ANY = new When(null, null, null, null);
    }

    When condition() {
        return when == null ? When.ANY : when;
    }

    boolean applies(PolicyCase one) {
        return PolicyCase.DIMENSIONS.stream().allMatch(dimension -> {
            List<String> wanted = dimension.wanted().apply(condition());
            return wanted.isEmpty() || wanted.contains(dimension.of().apply(one));
        });
    }

    Optional<Promise> promise(ClockType type) {
        return Optional.ofNullable(clocks.get(type.text()));
    }
}
