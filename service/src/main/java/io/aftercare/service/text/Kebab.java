package io.aftercare.service.text;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// Names of constants as the API writes them: `IN_PROGRESS` is `in-progress`.
public final class Kebab {
    private Kebab() {}

    public static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// The constant of that name, empty where there is none.
    public static <E extends Enum<E>> Optional<E> parse(Class<E> type, String text) {
        return Stream.of(type.getEnumConstants()).filter(constant -> of(constant).equals(text)).findFirst();
    }
}
