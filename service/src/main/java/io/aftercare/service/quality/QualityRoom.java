package io.aftercare.service.quality;

import io.aftercare.fleet.background.BackgroundLoop;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.postgres.Outbox;
import io.aftercare.service.DeskGround;
import io.aftercare.service.Room;
import io.aftercare.service.period.Period;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// Figures, quality reports and checks (R25, R59 to R63, R66, R89). The report of a month, quarter or year is made by itself when
/// that is over, and the quality department is told. Thread-safe.
public final class QualityRoom implements Room {
    /// Periods end seldom: every thirtieth look is enough.
    private static final int LOOKS_LEFT_OUT = 30;

    private final DeskGround ground;
    private final FactReader facts;
    private final ReportMaker maker;
    private final FaultStatistics faults;
    private final BackgroundLoop loop;
    private final QualityRoutes routes;
    private final CheckRoutes checks;

    /// @param faults   how often devices failed
    /// @param sources  what other rooms know of cases
    /// @param books    what periods cost
    /// @param currency of every amount
    /// @param lookEvery how often the desk looks for what has come due
    public QualityRoom(DeskGround ground, FaultStatistics faults, Sources sources, CostFigures.Books books,
            Currency currency, Duration lookEvery) {
        this.ground = ground;
        this.faults = faults;
        this.facts = new FactReader(sources);
        this.maker = new ReportMaker(facts, faults, sources, books);
        this.loop = BackgroundLoop.every(lookEvery.multipliedBy(LOOKS_LEFT_OUT), "quality-reports",
                this::round);
        this.routes = new QualityRoutes(ground, this, currency);
        this.checks = new CheckRoutes(ground);
    }

    @Override
    public void bind(Operations operations) {
        routes.bind(operations);
        checks.bind(operations);
    }

    @Override
    public List<BackgroundLoop> loops() {
        return List.of(loop);
    }

    /// The zone in which the days of books and reports begin; a setting (`/kpi-targets`).
    public static ZoneId zone(Handle handle) {
        return Targets.SETTING.of(handle).zoneId();
    }

    FactReader facts() {
        return facts;
    }

    FaultStatistics faults() {
        return faults;
    }

    QualityReport report(Handle handle, Period period) {
        return maker.make(handle, period, ground.now());
    }

    /// The report of a period that is over, as it was made first.
    ReportStore.Edition kept(Handle handle, Period period) {
        return ReportStore.newest(handle, period.text()).orElseGet(() -> {
            // Two at once make one: the second finds the first's.
            handle.createQuery("SELECT pg_advisory_xact_lock(hashtextextended(:period, 11))::text")
                    .bind("period", "quality-report " + period.text()).mapTo(String.class).one();
            return ReportStore.newest(handle, period.text()).orElseGet(() -> ReportStore.add(handle,
                    report(handle, period), "system", "the period was over", ground.now()));
        });
    }

    private void round() {
        Instant now = ground.now();
        ground.database().useTransaction(handle -> {
            for (Period period : over(handle, now)) {
                if (ReportStore.newest(handle, period.text()).isEmpty()) {
                    ReportStore.Edition made = kept(handle, period);
                    var told = Json.object().putNull("users").put("role", "quality")
                            .put("template", "quality-report-made").putNull("ticket");
                    told.putObject("params").put("period", made.period()).put("sha256", made.sha256());
                    Outbox.append(handle, "notice.staff", "quality-report/" + made.period(), told);
                }
            }
        });
    }

    /// Whether a case was opened in it: a report of nothing is not worth keeping.
    static boolean hadCases(Handle handle, Period period, ZoneId zone) {
        return handle.createQuery("""
                SELECT EXISTS (SELECT 1 FROM service.ticket WHERE opened_at >= :from AND opened_at < :to)""")
                .bind("from", period.from(zone)).bind("to", period.to(zone)).mapTo(Boolean.class).one();
    }

    /// The last month, quarter and year that are over, where there was a case in them.
    private static List<Period> over(Handle handle, Instant now) {
        ZoneId zone = zone(handle);
        YearMonth month = YearMonth.from(now.atZone(zone));
        Period last = new Period(month.minusMonths(1), 1);
        Period quarter = new Period(YearMonth.of(month.getYear(), (month.getMonthValue() - 1) / 3 * 3 + 1), 3)
                .before();
        Period year = new Period(YearMonth.of(month.getYear() - 1, 1), 12);
        return List.of(last, quarter, year).stream().filter(period -> hadCases(handle, period, zone))
                .toList();
    }
}
