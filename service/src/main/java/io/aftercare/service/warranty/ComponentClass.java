package io.aftercare.service.warranty;

import com.fasterxml.jackson.annotation.JsonValue;
import io.aftercare.service.text.Kebab;
import java.util.Optional;

/// What kind of part something is; a policy gives each kind its term (R1).
public enum ComponentClass {
    /// The unit itself.
    MAIN,
    CORE,
    ACCESSORY,
    PERIPHERAL,
    /// Batteries, bulbs, toner: what wears out by use.
    CONSUMABLE;

    @JsonValue
    public String text() {
        return Kebab.of(this);
    }

    public static Optional<ComponentClass> parse(String text) {
        return Kebab.parse(ComponentClass.class, text);
    }
}
