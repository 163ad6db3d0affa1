package io.aftercare.service.stock;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import io.aftercare.service.text.Kebab;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A count of what stands at a place (R45): a sheet, what was counted, and whether the differences are booked.
///
/// @param reason why it was rejected, empty otherwise
record StockCount(long id, int version, String location, State state, List<Line> lines, String createdBy,
        Instant createdAt, @Nullable String countedBy, @Nullable Instant countedAt,
        @Nullable String decidedBy,
        @Nullable Instant decidedAt, String reason) {
    StockCount {
        lines = List.copyOf(lines);
    }

    enum State {
        /// The sheet is out; what is booked is not on it, so that people count.
        OPEN,
        COUNTED,
        /// The differences were booked.
        APPROVED,
        REJECTED;

        @JsonValue
        String text() {
            return Kebab.of(this);
        }
    }

    /// A part and batch on the sheet.
    ///
    /// @param booked  what the ledger said when it was counted, null before
    /// @param counted null before
    record Line(String part, String batch, @Nullable Integer booked, @Nullable Integer counted) {
        int difference() {
            return booked == null || counted == null ? 0 : counted - booked;
        }
    }

    /// The share of lines where the count matches the ledger, null before it is counted; 1 for an empty sheet.
    @JsonProperty
    @Nullable
    Double accuracy() {
        if (state == State.OPEN) {
            return null;
        }
        return lines.isEmpty()
                ? 1.0
                : lines.stream().filter(line -> line.difference() == 0).count() / (double) lines.size();
    }
}
