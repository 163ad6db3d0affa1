package io.aftercare.service.emergency;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercare.service.emergency.DrillYear.Duty;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.jspecify.annotations.Nullable;

@Tag("R82")
class DrillYearTest {
    private static Drill drill(long id, String scheduled, @Nullable String ran) {
        Drill.Plan plan = new Drill.Plan("Flood", Drill.Kind.OUTAGE, 2, "Water", List.of(), List.of(),
                List.of());
        return new Drill(id, 1, ran == null ? Drill.State.PLANNED : Drill.State.RUN, plan,
                Instant.parse(scheduled), true,
                ran == null ? null : Instant.parse(ran), null, null, null, null, null);
    }

    private static List<Duty> duties(DrillYear year) {
        return year.quarters().stream().map(DrillYear.Quarter::duty).toList();
    }

    @Test
    void aQuarterNeedsAFullDrillThatWasRunInIt() {
        DrillYear year = DrillYear.of(2026, List.of(drill(1, "2026-02-01T09:00:00Z", "2026-03-31T23:00:00Z"),
                drill(2, "2026-05-01T09:00:00Z", "2026-07-01T00:00:00Z"),
                drill(3, "2026-12-01T09:00:00Z", null)), null,
                LocalDate.parse("2026-11-02"));
        assertThat(duties(year)).containsExactly(Duty.DONE, Duty.OVERDUE, Duty.DONE, Duty.PLANNED);
        assertThat(year.quarters().get(2).drills()).containsExactly(2L);
    }

    @Test
    void aPlannedDrillThatWasNeverRunIsOverdueWhenItsQuarterEnds() {
        List<Drill> planned = List.of(drill(3, "2026-12-31T23:59:59Z", null));
        assertThat(duties(DrillYear.of(2026, planned, null, LocalDate.parse("2026-12-31"))).getLast())
                .isEqualTo(Duty.PLANNED);
        assertThat(duties(DrillYear.of(2026, planned, null, LocalDate.parse("2027-01-01"))).getLast())
                .isEqualTo(Duty.OVERDUE);
    }

    @Test
    void aMonthBeforeTheEndPeopleAreReminded() {
        assertThat(DrillYear.of(2026, List.of(), null, LocalDate.parse("2026-11-30"))
                .reminders(LocalDate.parse("2026-11-30"))).isEmpty();
        assertThat(DrillYear.of(2026, List.of(), null, LocalDate.parse("2026-12-01"))
                .reminders(LocalDate.parse("2026-12-01"))).extracting(DrillYear.Reminder::what)
                .containsExactly("2026-Q4");
        LocalDate january = LocalDate.parse("2027-01-05");
        assertThat(DrillYear.of(2026, List.of(), null, january).reminders(january))
                .extracting(DrillYear.Reminder::what).containsExactly("2026-evaluation");
        assertThat(DrillYear.of(2026, List.of(), "Better than last year", january).reminders(january))
                .isEmpty();
        assertThat(DrillYear.of(2026, List.of(), null, LocalDate.parse("2027-02-01")).evaluation())
                .isEqualTo(Duty.OVERDUE);
    }
}
