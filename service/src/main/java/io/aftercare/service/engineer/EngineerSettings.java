package io.aftercare.service.engineer;

import com.fasterxml.jackson.annotation.JsonValue;
import io.aftercare.fleet.http.Json;
import io.aftercare.service.text.Kebab;
import com.fasterxml.jackson.annotation.JsonCreator;
import java.time.Duration;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// What each house decides about its engineers; the handbooks give more than one cadence (R58).
///
/// @param juniorMonths from one training of a junior to the next, in months
/// @param seniorMonths the same for a senior
/// @param quarterly    whether everybody is trained at least once in each quarter besides
/// @param remindDays   how many days before a training or a calibration is due people are reminded
/// @param expiringDays how many days before its end a certificate is called expiring, and its renewal asked for
/// @param overdueTool  what is done where a work order needs a tool whose calibration is overdue (R76)
record EngineerSettings(int juniorMonths, int seniorMonths, boolean quarterly, int remindDays,
        int expiringDays,
        OverdueTool overdueTool) {
    static final EngineerSettings DEFAULT = new EngineerSettings(6, 3, true, 14, 60, OverdueTool.REFUSE);

    enum OverdueTool {
        WARN, REFUSE;

        @JsonValue
        String text() {
            return Kebab.of(this);
        }

        @JsonCreator
        static OverdueTool of(String text) {
            return Kebab.parse(OverdueTool.class, text).orElseThrow();
        }
    }

    /// @param version 0 while nobody has changed anything
    record Versioned(int version, EngineerSettings settings) {}

    Duration expiring() {
        return Duration.ofDays(expiringDays);
    }

    static EngineerSettings of(Handle handle) {
        return read(handle).settings();
    }

    static Versioned read(Handle handle) {
        return handle.createQuery("SELECT version, document FROM service.engineer_setting")
                .map((row, _) -> new Versioned(row.getInt(1),
                        Json.convert(Json.parse(row.getString(2)), EngineerSettings.class)))
                .findOne().orElse(new Versioned(0, DEFAULT));
    }

    /// Writes them as the version after `before`; empty where somebody was faster.
    Optional<Versioned> write(Handle handle, int before) {
        return handle.createQuery("""
                INSERT INTO service.engineer_setting AS old (version, document)
                SELECT 1, :document::jsonb WHERE :before = 0
                   OR EXISTS (SELECT 1 FROM service.engineer_setting WHERE version = :before)
                ON CONFLICT (single) DO UPDATE SET version = old.version + 1, document = excluded.document
                WHERE old.version = :before
                RETURNING version""").bind("document", Json.text(this)).bind("before", before)
                .mapTo(Integer.class).findOne().map(version -> new Versioned(version, this));
    }
}
