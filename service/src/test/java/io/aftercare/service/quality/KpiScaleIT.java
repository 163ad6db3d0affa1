package io.aftercare.service.quality;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercare.fleet.postgres.Database;
import io.aftercare.fleet.postgres.TestDatabase;
import io.aftercare.service.quality.CaseFact.By;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Figures of many cases take seconds, not minutes; the times are printed. `-Dkpi.tickets=200000` makes a large desk.
class KpiScaleIT {
    private static final int TICKETS = Integer.getInteger("kpi.tickets", 10_000);
    private static final Duration SLOW = Duration.ofSeconds(30);

    @Test
    @Tag("R60")
    void theFiguresOfAYearAndOfAMonthAreReadInBoundedTime() {
        try (Database database = TestDatabase.create("service")) {
            fill(database);
            Instant year = Instant.parse("2026-01-01T00:00:00Z");
            Kpis whole = timed("a year", database, year, year.plus(Duration.ofDays(365)));
            assertThat(whole.all().cases()).isEqualTo(TICKETS);
            assertThat(whole.all().solved()).isEqualTo(TICKETS);
            assertThat(whole.all().closings()).isEqualTo(TICKETS);
            assertThat(whole.all().attainment()).isEqualTo(0.8);
            assertThat(whole.all().meanResponse()).isEqualTo(60.0);
            assertThat(whole.all().meanResolution()).isEqualTo(300.0);
            assertThat(whole.all().meanResolutionNet()).isEqualTo(240.0);
            assertThat(whole.groups()).hasSize(20);
            Kpis month = timed("a month", database, year, year.plus(Duration.ofDays(31)));
            assertThat(month.all().cases()).isBetween(TICKETS / 14, TICKETS / 10);
        }
    }

    private static Kpis timed(String what, Database database, Instant from, Instant to) {
        long start = System.nanoTime();
        Kpis kpis = database.inTransaction(
                handle -> Kpis.of(handle, new FactReader(Sources.NONE), from, to, By.PERSON));
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        System.out.println("kpis of " + what + ": " + kpis.all().cases() + " of " + TICKETS + " cases in "
                + took.toMillis() + " ms");
        assertThat(took).isLessThan(SLOW);
        return kpis;
    }

    private static void fill(Database database) {
        database.useTransaction(handle -> {
            handle.execute("INSERT INTO fleet.product (model, name, document) VALUES ('LP', 'x', '{}')");
            handle.execute(
                    "INSERT INTO fleet.device (id, model, token_hash) VALUES ('D', 'LP', sha256('D'))");
            handle.execute(
                    """
                            INSERT INTO service.ticket (device, title, description, symptom, origin, opened_at, state,
                                state_since, priority, owner, plain, grams)
                            SELECT 'D', 'x', '', '', 'web',
                                '2026-01-01T00:00:00Z'::timestamptz + (n % 365) * interval '1 day', 'closed', now(), 'P3',
                                'agent-' || n % 20, '', '{}' FROM generate_series(1, ?) n""",
                    TICKETS);
            handle.execute("""
                    INSERT INTO service.clock (ticket, type, policy, calendar, target_seconds, state)
                    SELECT t.id, c.type, 'p', 'always', 86400, c.state FROM service.ticket t CROSS JOIN
                        (VALUES ('first-response', 'met'), ('contact', 'met'), ('handling', 'met'),
                            ('assessment', 'met'), ('resolution', 'breached')) c (type, state)""");
            handle.execute(
                    """
                            INSERT INTO service.clock_event (ticket, type, beat, at)
                            SELECT t.id, c.type, c.beat, t.opened_at + c.minute * interval '1 minute' FROM service.ticket t
                            CROSS JOIN (VALUES ('first-response', 'started', 0), ('first-response', 'stopped', 60),
                                ('contact', 'started', 0), ('contact', 'stopped', 60), ('handling', 'started', 0),
                                ('handling', 'stopped', 60), ('resolution', 'started', 0), ('resolution', 'paused', 60),
                                ('resolution', 'resumed', 120), ('resolution', 'stopped', 300)) c (type, beat, minute)
                            ORDER BY t.id, c.minute""");
            handle.execute(
                    """
                            INSERT INTO service.timeline (ticket, at, kind, actor, text, data)
                            SELECT t.id, t.opened_at + m.minute * interval '1 minute', m.kind, 'a', '', m.data::jsonb
                            FROM service.ticket t CROSS JOIN (VALUES ('opened', 0, null), ('comment', 30, null),
                                ('transition', 60, '{"to":"in-progress"}'), ('transition', 61, '{"to":"waiting-customer"}'),
                                ('transition', 300, '{"to":"resolved"}'), ('transition', 301, '{"to":"closed"}'))
                                m (kind, minute, data) ORDER BY t.id, m.minute""");
        });
        database.jdbi().useHandle(handle -> {
            for (String table : new String[]{"ticket", "clock", "clock_event", "timeline"}) {
                handle.execute("VACUUM ANALYZE service." + table);
            }
        });
    }
}
