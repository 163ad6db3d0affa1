package io.aftercare.service.workorder;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.aftercare.fleet.http.Json;
import io.aftercare.service.money.Money;
import io.aftercare.service.text.Kebab;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.jdbi.v3.core.Handle;

/// What each house decides about its work orders.
///
/// @param labourBy      whether work costs by its time or by its kind
/// @param labourPerHour for `time`
/// @param workRates     for `work`: by the kind of order
/// @param travelPerHour in any case
/// @param preparation   what an engineer has ready before setting out, besides the tools named in the order (R30)
/// @param arrival       questions of the check-in by their keys, each to be answered (R31)
record OrderSettings(LabourBy labourBy, BigDecimal labourPerHour, SequencedMap<String, BigDecimal> workRates,
        BigDecimal travelPerHour, List<String> preparation, SequencedMap<String, String> arrival) {
    static final OrderSettings DEFAULT = new OrderSettings(LabourBy.TIME, new BigDecimal("120.00"), rates(),
            new BigDecimal("60.00"), List.of("tools", "parts", "papers"), questions());

    enum LabourBy {
        TIME, WORK;

        @JsonValue
        String text() {
            return Kebab.of(this);
        }

        @JsonCreator
        static LabourBy of(String text) {
            return Kebab.parse(LabourBy.class, text).orElseThrow();
        }
    }

    OrderSettings {
        workRates = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(workRates));
        preparation = List.copyOf(preparation);
        arrival = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(arrival));
    }

    /// The same with every amount as amounts are kept; a [io.aftercare.fleet.http.Problem] 400 where one is none.
    OrderSettings checked() {
        SequencedMap<String, BigDecimal> rates = new LinkedHashMap<>();
        workRates.forEach((type, rate) -> rates.put(type, Money.parse("workRates." + type, rate)));
        return new OrderSettings(labourBy, Money.parse("labourPerHour", labourPerHour), rates,
                Money.parse("travelPerHour", travelPerHour), preparation, arrival);
    }

    /// @param version 0 while nobody has changed anything
    record Versioned(int version, OrderSettings settings) {}

    static OrderSettings of(Handle handle) {
        return read(handle).settings();
    }

    static Versioned read(Handle handle) {
        return handle.createQuery("SELECT version, document FROM service.work_order_setting")
                .map((row, _) -> new Versioned(row.getInt(1),
                        Json.convert(Json.parse(row.getString(2)), OrderSettings.class)))
                .findOne().orElse(new Versioned(0, DEFAULT));
    }

    /// Writes them as the version after `before`; empty where somebody was faster.
    Optional<Versioned> write(Handle handle, int before) {
        return handle.createQuery("""
                INSERT INTO service.work_order_setting AS old (version, document)
                SELECT 1, :document::json WHERE :before = 0
                   OR EXISTS (SELECT 1 FROM service.work_order_setting WHERE version = :before)
                ON CONFLICT (single) DO UPDATE SET version = old.version + 1, document = excluded.document
                WHERE old.version = :before
                RETURNING version""").bind("document", Json.text(this)).bind("before", before)
                .mapTo(Integer.class).findOne().map(version -> new Versioned(version, this));
    }

    private static SequencedMap<String, BigDecimal> rates() {
        SequencedMap<String, BigDecimal> rates = new LinkedHashMap<>();
        rates.put("install", new BigDecimal("200.00"));
        rates.put("on-site", new BigDecimal("200.00"));
        rates.put("depot", new BigDecimal("150.00"));
        return rates;
    }

    private static SequencedMap<String, String> questions() {
        SequencedMap<String, String> questions = new LinkedHashMap<>();
        questions.put("id-shown", "Did you show your ID?");
        questions.put("fault-reconfirmed", "What does the customer say, and what does the device show?");
        return questions;
    }
}
