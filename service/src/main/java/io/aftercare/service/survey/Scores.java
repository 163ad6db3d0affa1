package io.aftercare.service.survey;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The six scores of R64, each from 1 (bad) to 5 (good).
///
/// @param speed           how fast we answered
/// @param attitude        how we spoke (R93)
/// @param effect          whether it works now
/// @param resolution      how fast it was solved
/// @param parts           what was fitted, null where nothing was
/// @param professionalism whether we knew what we did
record Scores(int speed, int attitude, int effect, int resolution, @Nullable Integer parts,
        int professionalism) {
    static final int MIN = 1;
    static final int MAX = 5;
    /// A score of this or less wants somebody to call.
    static final int LOW_MAX = 2;

    Scores {
        Stream.of(speed, attitude, effect, resolution, professionalism).forEach(Scores::require);
        if (parts != null) {
            require(parts);
        }
    }

    @JsonIgnore
    boolean isLow() {
        return all().anyMatch(score -> score <= LOW_MAX);
    }

    double mean() {
        return all().mapToInt(score -> score).average().orElseThrow();
    }

    String words() {
        return "speed " + speed + ", attitude " + attitude + ", effect " + effect + ", resolution "
                + resolution
                + ", parts " + (parts == null ? "–" : parts) + ", professionalism " + professionalism;
    }

    private Stream<Integer> all() {
        return Stream.of(speed, attitude, effect, resolution, parts, professionalism)
                .filter(Objects::nonNull);
    }

    private static void require(int score) {
        if (score < MIN || score > MAX) {
            throw new IllegalArgumentException("A score goes from 1 to 5, not " + score);
        }
    }
}
