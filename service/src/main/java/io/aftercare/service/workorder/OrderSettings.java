package io.aftercare.service.workorder;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.aftercare.service.money.Money;
import io.aftercare.service.setting.HouseSetting;
import io.aftercare.service.text.Kebab;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

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
    private static final OrderSettings DEFAULT = new OrderSettings(LabourBy.TIME, new BigDecimal("120.00"),
            rates(),
            new BigDecimal("60.00"), List.of("tools", "parts", "papers"), questions());

    static final HouseSetting<OrderSettings> SETTING = new HouseSetting<>("work_order_setting",
            "work-order-settings", OrderSettings.class, DEFAULT);

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
