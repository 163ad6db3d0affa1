package io.aftercare.service.link;

import io.aftercare.fleet.http.Problem;
import io.aftercare.service.text.Kebab;

/// How one case belongs to another.
enum LinkKind {
    RELATED, CAUSES, DUPLICATE_OF;

    String text() {
        return Kebab.of(this);
    }

    /// How it reads from the other end.
    String reverse() {
        return switch (this) {
            case RELATED -> "related";
            case CAUSES -> "caused-by";
            case DUPLICATE_OF -> "duplicated-by";
        };
    }

    static LinkKind parse(String text) {
        return Kebab.parse(LinkKind.class, text).orElseThrow(
                () -> Problem.invalid("kind", "use related, causes or duplicate-of, not " + text));
    }
}
