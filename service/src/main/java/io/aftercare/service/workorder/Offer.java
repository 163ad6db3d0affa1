package io.aftercare.service.workorder;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import io.aftercare.service.text.Kebab;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The ways of repair that a customer may choose from, because guidance from afar did not help (R15).
///
/// @param remote    what was tried from afar, in words for the customer
/// @param chosenBy  a user, or `customer`
/// @param workOrder that came of the choice
@JsonInclude(JsonInclude.Include.ALWAYS)
record Offer(long id, int version, long ticket, String remote, List<Option> options, String offeredBy,
        Instant offeredAt, @Nullable Choice choice, @Nullable String chosenBy, @Nullable Instant chosenAt,
        @Nullable Long workOrder) {
    Offer {
        options = List.copyOf(options);
    }

    enum Choice {
        ON_SITE, CARRY_IN, RETURN;

        WorkOrderType type() {
            return this == ON_SITE ? WorkOrderType.ON_SITE : WorkOrderType.DEPOT;
        }

        @JsonValue
        String text() {
            return Kebab.of(this);
        }

        static Optional<Choice> parse(String text) {
            return Kebab.parse(Choice.class, text);
        }
    }

    /// One way, with what the customer must know of it.
    ///
    /// @param eta  when it will be done, or somebody comes
    /// @param cost of everything, in the installation's currency
    record Option(String choice, String notes, Instant eta, BigDecimal cost) {}

    Optional<Option> option(Choice wanted) {
        return options.stream().filter(option -> option.choice().equals(wanted.text())).findFirst();
    }
}
