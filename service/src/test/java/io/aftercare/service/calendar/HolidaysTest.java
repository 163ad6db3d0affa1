package io.aftercare.service.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import de.focus_shift.jollyday.core.Holiday;
import de.focus_shift.jollyday.core.HolidayManager;
import de.focus_shift.jollyday.core.ManagerParameters;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Year;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HolidaysTest {
    private static List<LocalDate> days(String code, int year) {
        Holidays holidays = Holidays.of(code).orElseThrow();
        return IntStream.rangeClosed(1, Year.of(year).length())
                .mapToObj(day -> LocalDate.ofYearDay(year, day))
                .filter(holidays::has).toList();
    }

    private static LocalDate[] dates(String... dates) {
        return List.of(dates).stream().map(LocalDate::parse).toArray(LocalDate[]::new);
    }

    @Test
    void chinaHasItsThirteenStatutoryDays() {
        assertThat(days("cn", 2026))
                .containsExactly(dates("2026-01-01", "2026-02-16", "2026-02-17", "2026-02-18",
                        "2026-02-19", "2026-04-05", "2026-05-01", "2026-05-02", "2026-06-19", "2026-09-25",
                        "2026-10-01",
                        "2026-10-02", "2026-10-03"));
    }

    @Test
    void before2025NewYearsEveAndTheSecondOfMayWereWorked() {
        assertThat(days("cn", 2024)).hasSize(11).doesNotContain(dates("2024-02-09", "2024-05-02"));
    }

    /// Hong Kong's days come with the library, from the Observatory's tables; where one fell on a Sunday it shows the day instead.
    @Test
    void theFestivalsOfTheMoonFallWhereHongKongKeepsThem() {
        HolidayManager hongKong = HolidayManager.getInstance(ManagerParameters.create("hk"));
        Holidays china = Holidays.of("cn").orElseThrow();
        int compared = 0;
        for (int year = 2020; year <= 2024; year++) {
            for (Holiday holiday : hongKong.getHolidays(Year.of(year))) {
                LocalDate day = holiday.getActualDate();
                boolean moon = switch (holiday.getPropertiesKey()) {
                    case "LUNAR_NEW_YEARS_DAY", "SECOND_DAY_OF_LUNAR_NEW_YEAR", "TUEN_NG_FESTIVAL",
                            "CHING_MING_FESTIVAL" ->
                        true;
                    default -> false;
                };
                if (moon && day.getDayOfWeek() != DayOfWeek.SUNDAY) {
                    assertThat(china.has(day)).as(holiday + " " + year).isTrue();
                    compared++;
                }
            }
        }
        assertThat(compared).isGreaterThan(12);
    }

    @Test
    void aPartOfACountryHasItsOwnDays() {
        LocalDate epiphany = LocalDate.parse("2026-01-06");
        assertThat(Holidays.of("de-by").orElseThrow().has(epiphany)).isTrue();
        assertThat(Holidays.of("de-be").orElseThrow().has(epiphany)).isFalse();
    }

    @Test
    void anUnknownCountryOrPartIsNone() {
        assertThat(List.of("xx", "de-xx", "../cn", "CN", "")).allMatch(code -> Holidays.of(code).isEmpty());
    }
}
