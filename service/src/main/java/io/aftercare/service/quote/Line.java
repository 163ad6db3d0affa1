package io.aftercare.service.quote;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.aftercare.service.text.Kebab;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// A line of a quote.
///
/// @param part     code of the part that is replaced, null for what is no part
/// @param text     what it is, in the customer's words
/// @param quantity pieces, hours, kilometres
/// @param price    of one of them
/// @param amount   of all
public record Line(Kind kind, @Nullable String part, String text, BigDecimal quantity, BigDecimal price,
        BigDecimal amount) {
    /// What is charged for.
    public enum Kind {
        PART, LABOUR, TRAVEL, OTHER;

        /// What a line says where nobody wrote better, in both languages.
        String words() {
            return switch (this) {
                case PART -> "配件 / Part";
                case LABOUR -> "人工 / Labour";
                case TRAVEL -> "上门 / Travel";
                case OTHER -> "其他 / Other";
            };
        }

        @JsonValue
        public String text() {
            return Kebab.of(this);
        }

        @JsonCreator
        public static Kind parse(String text) {
            return Kebab.parse(Kind.class, text)
                    .orElseThrow(() -> new IllegalArgumentException("There is no kind of line " + text));
        }
    }
}
