package io.aftercare.service.engineer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.aftercare.service.text.Cause;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The pure rules about engineers.
class EngineerRulesTest {
    private static final Instant ISSUED = Instant.parse("2026-11-02T09:00:00Z");
    private static final Standard ONE = new Standard("LP", 1, 80, 80, 24, "first", ISSUED);

    @Test
    void aShiftCoversWhatLiesWhollyWithinOneStretchInItsOwnZone() {
        Shift shift = new Shift("Asia/Shanghai", List.of(hours(DayOfWeek.MONDAY, "09:00", "18:00"),
                hours(DayOfWeek.SUNDAY, "22:00", "06:00")));
        assertThat(covers(shift, "2026-11-02T01:00:00Z", "2026-11-02T10:00:00Z")).isTrue(); // Monday 9 to 18
        assertThat(covers(shift, "2026-11-02T09:00:00Z", "2026-11-02T10:00:01Z")).isFalse();
        assertThat(covers(shift, "2026-11-02T00:59:59Z", "2026-11-02T02:00:00Z")).isFalse();
        assertThat(covers(shift, "2026-11-01T16:00:00Z", "2026-11-01T22:00:00Z")).isTrue(); // the night to Monday
        assertThat(covers(shift, "2026-11-03T02:00:00Z", "2026-11-03T03:00:00Z")).isFalse(); // Tuesday
        assertThat(covers(Shift.ALWAYS, "2026-11-03T02:00:00Z", "2026-11-09T03:00:00Z")).isTrue();
        assertThatThrownBy(() -> new Shift("Mars/Olympus", List.of())).hasMessageContaining("Mars/Olympus");
    }

    @Test
    void inTheNightOfTheClockChangeAShiftIsAsLongAsTheNightIs() {
        Shift shift = new Shift("Europe/Berlin", List.of(hours(DayOfWeek.SATURDAY, "22:00", "06:00")));
        assertThat(covers(shift, "2026-10-24T20:00:00Z", "2026-10-25T05:00:00Z")).isTrue(); // nine hours
        assertThat(covers(shift, "2026-10-24T20:00:00Z", "2026-10-25T05:00:01Z")).isFalse();
    }

    @Test
    @Tag("R58")
    void theNextTrainingIsDueByTheLevelsCadenceOrAtTheEndOfTheQuarterWhicheverIsFirst() {
        EngineerSettings quarterly = EngineerSettings.SETTING.usual();
        EngineerSettings plain = new EngineerSettings(6, 3, false, 14, 60, EngineerSettings.OverdueTool.WARN);
        LocalDate joined = LocalDate.parse("2026-02-10");
        assertThat(Cadence.due(plain, Level.JUNIOR, null, joined)).isEqualTo("2026-08-10");
        assertThat(Cadence.due(plain, Level.SENIOR, null, joined)).isEqualTo("2026-05-10");
        assertThat(Cadence.due(quarterly, Level.JUNIOR, null, joined)).isEqualTo("2026-03-31");
        assertThat(Cadence.due(quarterly, Level.JUNIOR, LocalDate.parse("2026-03-31"), joined))
                .isEqualTo("2026-06-30");
        assertThat(Cadence.due(quarterly, Level.SENIOR, LocalDate.parse("2026-01-01"), joined))
                .isEqualTo("2026-04-01");
        assertThat(Cadence.due(plain, Level.JUNIOR, LocalDate.parse("2026-08-31"), joined))
                .isEqualTo("2027-02-28");
    }

    @Test
    @Tag("R56")
    void aCertificateIsGoodFromItsIssueUntilTwoYearsLaterAndNotAMomentLonger() {
        Certification one = new Certification(1, 1, "eve", "LP", 1, null, ISSUED,
                new Certification.Marks(80, 80, "qin", ISSUED), null, null);
        assertThat(one.refusal(ONE, ISSUED, ISSUED))
                .hasValueSatisfying(why -> assertThat(why.text()).contains("reviewed"));
        Certification issued = done(one.issued(ONE, ISSUED));
        Instant end = Instant.parse("2028-11-02T09:00:00Z");
        assertThat(issued.refusal(ONE, end.minusMillis(1), ISSUED)).isEmpty();
        assertThat(issued.refusal(ONE, end, ISSUED).map(Cause::text))
                .contains("eve's certification CE-000001 for LP expires on"
                        + " 2028-11-02, before the work ends");
        assertThat(issued.refusal(ONE, end, end).map(Cause::text))
                .contains("eve's certification CE-000001 for LP expired on"
                        + " 2028-11-02");
        assertThat(issued.state(end.minus(Duration.ofDays(60)), Duration.ofDays(60)))
                .isEqualTo(CertificationState.EXPIRING);
        assertThat(issued.state(end.minus(Duration.ofDays(61)), Duration.ofDays(60)))
                .isEqualTo(CertificationState.VALID);
        assertThat(done(issued.revoked("forged", end)).refusal(ONE, ISSUED, end))
                .hasValueSatisfying(why -> assertThat(why.text()).contains("revoked on 2028-11-02: forged"));
    }

    @Test
    @Tag("R57")
    void aCertificateForAnOlderVersionOfTheStandardDoesNotCountOnceTheNewOneIsInForce() {
        Certification issued = new Certification(1, 1, "eve", "LP", 1, null, ISSUED,
                new Certification.Marks(80, 80, "qin", ISSUED),
                new Certification.Term(ISSUED, ISSUED.plus(Duration.ofDays(730))), null);
        Standard two = new Standard("LP", 2, 80, 80, 24, "a laser instead of a lamp", ISSUED);
        assertThat(issued.refusal(two, ISSUED, ISSUED).map(Cause::text)).contains(
                "eve's certification CE-000001 for LP is for version 1 of the standard; version 2 is in force since 2026-11-02");
    }

    @Test
    @Tag("R76")
    void aToolIsInOrderOnTheDayOfItsCalibrationAndNotAfter() {
        Tool tool = new Tool("MM-7", 1, "Multimeter", null, LocalDate.parse("2026-11-20"), null, false);
        assertThat(tool.trouble(LocalDate.parse("2026-11-20"))).isEmpty();
        assertThat(tool.trouble(LocalDate.parse("2026-11-21"))).hasValueSatisfying(
                why -> {
                    assertThat(why.text()).contains("MM-7").contains("overdue since 2026-11-20");
                    assertThat(why.code()).isEqualTo("calibration-overdue");
                    assertThat(why.values()).containsOnly(entry("tool", "MM-7"), entry("name", "Multimeter"),
                            entry("on", "2026-11-20"));
                });
    }

    private static Certification done(Certification.Outcome outcome) {
        return ((Certification.Outcome.Done) outcome).certification();
    }

    private static boolean covers(Shift shift, String start, String end) {
        return shift.covers(Instant.parse(start), Instant.parse(end));
    }

    private static Shift.Hours hours(DayOfWeek day, String from, String to) {
        return new Shift.Hours(new Shift.Day(day), LocalTime.parse(from), LocalTime.parse(to));
    }
}
