package io.aftercare.service.part;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.aftercare.service.text.Kebab;

/// What kind of component a part is.
public enum PartClass {
    CORE, ACCESSORY, CONSUMABLE;

    @JsonValue
    public String text() {
        return Kebab.of(this);
    }

    @JsonCreator
    public static PartClass parse(String text) {
        return Kebab.parse(PartClass.class, text)
                .orElseThrow(() -> new IllegalArgumentException("There is no class of parts " + text));
    }
}
