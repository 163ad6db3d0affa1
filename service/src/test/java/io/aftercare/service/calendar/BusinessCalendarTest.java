package io.aftercare.service.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Problem;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BusinessCalendarTest {
    private static final String CHINA = """
            {"name": "China", "zone": "Asia/Shanghai", "holidays": "cn",
             "week": {"monday": ["09:00-12:00", "13:00-18:00"], "tuesday": ["09:00-12:00", "13:00-18:00"],
                "wednesday": ["09:00-12:00", "13:00-18:00"], "thursday": ["09:00-12:00", "13:00-18:00"],
                "friday": ["09:00-12:00", "13:00-18:00"]},
             "closed": ["2026-02-20", "2026-02-23"],
             "workdays": [{"date": "2026-02-14", "like": "friday"}, {"date": "2026-02-28"}]}""";

    private static BusinessCalendar calendar(String document) {
        return Json.convert(Json.parse(document), CalendarDocument.class).calendar("test@1");
    }

    private static Instant shanghai(String local) {
        return LocalDateTime.parse(local).atZone(ZoneId.of("Asia/Shanghai")).toInstant();
    }

    @Test
    void lunchNightsAndWeekendsDoNotCount() {
        BusinessCalendar china = calendar(CHINA);
        Instant friday = shanghai("2026-03-06T11:00");
        assertThat(china.plus(friday, Duration.ofHours(2))).isEqualTo(shanghai("2026-03-06T14:00"));
        assertThat(china.plus(friday, Duration.ofHours(7))).isEqualTo(shanghai("2026-03-09T10:00"));
        assertThat(china.open(friday, shanghai("2026-03-09T10:00"))).isEqualTo(Duration.ofHours(7));
    }

    @Test
    void theSpringFestivalIsOffAndItsMakeUpSaturdaysAreWorked() {
        BusinessCalendar china = calendar(CHINA);
        // Friday the 13th 17:00, then Saturday the 14th is worked, then nine days are off
        Instant from = shanghai("2026-02-13T17:00");
        assertThat(china.plus(from, Duration.ofHours(1 + 8))).isEqualTo(shanghai("2026-02-14T18:00"));
        assertThat(china.plus(from, Duration.ofHours(1 + 8 + 1))).isEqualTo(shanghai("2026-02-24T10:00"));
        assertThat(china.open(shanghai("2026-02-28T00:00"), shanghai("2026-03-01T00:00")))
                .isEqualTo(Duration.ofHours(8));
    }

    @Test
    void aDaySaysWhyItIsWorkedOrNot() {
        BusinessCalendar china = calendar(CHINA);
        assertThat(List.of("2026-02-13", "2026-02-14", "2026-02-15", "2026-02-17", "2026-02-20")).map(
                day -> china.day(LocalDate.parse(day))).extracting(CalendarDay::kind)
                .containsExactly(CalendarDay.Kind.OPEN, CalendarDay.Kind.MAKE_UP, CalendarDay.Kind.OFF,
                        CalendarDay.Kind.HOLIDAY, CalendarDay.Kind.CLOSED);
        assertThat(china.day(LocalDate.parse("2026-02-14")).hours()).extracting(Hours::text)
                .containsExactly("09:00-12:00", "13:00-18:00");
        assertThat(china.day(LocalDate.parse("2026-02-17")).hours()).isEmpty();
    }

    @Test
    void aWorkingDayEndsAtTheSameTimeOfTheNextOne() {
        Calendar days = calendar(CHINA).wholeDays("test@1/days");
        assertThat(days.plus(shanghai("2026-03-06T15:00"), Duration.ofDays(1)))
                .isEqualTo(shanghai("2026-03-09T15:00"));
        assertThat(days.plus(shanghai("2026-02-13T15:00"), Duration.ofDays(3)))
                .isEqualTo(shanghai("2026-02-25T15:00"));
    }

    @Test
    void theHourThatSummerTimeSkipsDoesNotCountAndTheOneItRepeatsCountsTwice() {
        BusinessCalendar berlin = calendar("""
                {"name": "Night shift", "zone": "Europe/Berlin", "week": {"sunday": ["01:00-04:00"]}}""");
        assertThat(berlin.open(Instant.parse("2026-03-28T12:00:00Z"), Instant.parse("2026-03-30T00:00:00Z")))
                .isEqualTo(Duration.ofHours(2));
        assertThat(berlin.open(Instant.parse("2026-10-24T12:00:00Z"), Instant.parse("2026-10-26T00:00:00Z")))
                .isEqualTo(Duration.ofHours(4));
    }

    @Test
    void aCalendarThatIsClosedForDecadesComesToItsHorizonAndNoFurther() {
        BusinessCalendar never = new BusinessCalendar("never@1", ZoneId.of("UTC"),
                calendar(CHINA).week(), Map.of(), Set.of(), _ -> true);
        Instant from = Instant.parse("2026-01-01T00:00:00Z");
        assertThat(never.plus(from, Duration.ofHours(1)))
                .isEqualTo(from.plus(Duration.ofDays(BusinessCalendar.HORIZON_DAYS)));
        assertThat(never.plus(from, Duration.ofHours(-1)))
                .isEqualTo(from.minus(Duration.ofDays(BusinessCalendar.HORIZON_DAYS)));
    }

    @Test
    void whatCannotBeKeptIsRefusedWithItsField() {
        refused("{\"name\": \"n\", \"zone\": \"Asia/Peking\", \"week\": {\"monday\": [\"09:00-10:00\"]}}",
                "Asia/Peking");
        refused("{\"name\": \"n\", \"zone\": \"UTC\", \"week\": {\"monday\": []}}", "at least one stretch");
        refused("{\"name\": \"n\", \"zone\": \"UTC\", \"holidays\": \"xx\", \"week\": {\"monday\": [\"09:00-10:00\"]}}",
                "no holidays are known of xx");
        refused("{\"name\": \"n\", \"zone\": \"UTC\", \"week\": {\"monday\": [\"09:00-10:00\"]},"
                + " \"closed\": [\"2026-01-01\"], \"workdays\": [{\"date\": \"2026-01-01\"}]}",
                "also in closed");
        refused("{\"name\": \"n\", \"zone\": \"UTC\", \"week\": {\"tuesday\": [\"09:00-10:00\"]},"
                + " \"workdays\": [{\"date\": \"2026-01-01\"}]}", "hours of monday, which has none");
        assertThatThrownBy(() -> calendar("""
                {"name": "n", "zone": "UTC", "week": {"monday": ["09:00-12:00", "11:59-13:00"]}}"""))
                .hasMessageContaining("overlap");
        assertThatThrownBy(() -> Hours.parse("12:00-12:00")).hasMessageContaining("no stretch of a day");
    }

    private static void refused(String document, String why) {
        assertThatThrownBy(() -> calendar(document)).isInstanceOfSatisfying(Problem.class,
                problem -> assertThat(problem.body().path("errors").toString()).contains(why));
    }
}
