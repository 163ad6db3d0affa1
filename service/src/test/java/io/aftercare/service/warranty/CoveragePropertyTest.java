package io.aftercare.service.warranty;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.service.warranty.Facts.Finding;
import io.aftercare.service.warranty.Facts.Origin;
import io.aftercare.service.warranty.Facts.Part;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// [Coverage] beside a model that anybody believes: days as three numbers, months counted by hand, one question after the other.
class CoveragePropertyTest {
    /// `-Dsimulation.seeds=100000` walks further.
    private static final int SEEDS = Math.max(2000, Integer.getInteger("simulation.seeds", 2000));
    private static final List<String> PROOFS = List.of("document", "record", "optional");

    /// A day of the calendar.
    private record Day(int year, int month, int day) {
        static Day of(LocalDate date) {
            return new Day(date.getYear(), date.getMonthValue(), date.getDayOfMonth());
        }

        static int length(int year, int month) {
            boolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
            return List.of(31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31).get(month - 1);
        }

        Day next() {
            if (day < length(year, month)) {
                return new Day(year, month, day + 1);
            }
            return month == 12 ? new Day(year + 1, 1, 1) : new Day(year, month + 1, 1);
        }

        Day plus(int years, int months, int days) {
            int y = year + years;
            int m = month;
            for (int i = 0; i < months; i++) {
                y = m == 12 ? y + 1 : y;
                m = m == 12 ? 1 : m + 1;
            }
            Day then = new Day(y, m, Math.min(day, length(y, m)));
            for (int i = 0; i < days; i++) {
                then = then.next();
            }
            return then;
        }

        boolean isAfter(Day other) {
            return year != other.year
                    ? year > other.year
                    : month != other.month ? month > other.month : day > other.day;
        }
    }

    private record Term(int years, int months, int days) {
        static Term any(Random random) {
            return new Term(random.nextInt(3), random.nextInt(14), random.nextInt(40));
        }

        String text() {
            return "P" + years + "Y" + months + "M" + days + "D";
        }

        Day from(Day start) {
            return start.plus(years, months, days);
        }
    }

    @Test
    @Tag("R1")
    @Tag("R4")
    @Tag("R6")
    void whatIsCoveredIsWhatThePlainModelSays() {
        int covered = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            Term term = Term.any(random);
            Term own = Term.any(random);
            String proof = PROOFS.get(random.nextInt(3));
            WarrantyPolicy policy = policy(term, own, proof);
            LocalDate bought = LocalDate.of(2023, 1, 1).plusDays(random.nextInt(1500));
            Origin origin = new Origin(random.nextInt(5) == 0 ? null : bought, random.nextBoolean(),
                    random.nextInt(3) == 0 ? "INV" : null, null,
                    random.nextBoolean() ? bought.minusDays(random.nextInt(90)) : null);
            Instant repaired = random.nextInt(3) == 0
                    ? instant(bought.plusDays(random.nextInt(500)), random)
                    : null;
            Finding opened = random.nextInt(5) == 0
                    ? new Finding(Exclusion.OPENED, instant(bought.plusDays(random.nextInt(500)), random),
                            null, null)
                    : null;
            Facts facts = new Facts(Given.DEVICE, "LP", "", "", origin,
                    new Part(ComponentClass.CORE, "S-1", repaired, null), null, null,
                    opened == null ? List.of() : List.of(opened));
            Day end = term.from(Day.of(bought));
            LocalDate last = LocalDate.of(end.year(), end.month(), end.day());
            for (int probe = -3; probe <= 3; probe++) {
                LocalDate day = random.nextInt(4) == 0
                        ? bought.plusDays(random.nextInt(1400) - 50)
                        : last.plusDays(probe);
                Instant at = instant(day, random);
                Entitlement told = Coverage.decide(Optional.of(policy), facts, at, null);
                boolean believed = model(term, own, proof, facts, opened, at);
                assertThat(told.covered()).as("seed %d at %s: %s", seed, at, told).isEqualTo(believed);
                assertThat(told.reasons()).as("seed %d", seed).isNotEmpty();
                covered += believed ? 1 : 0;
            }
        }
        assertThat(covered).isBetween(SEEDS, SEEDS * 6);
    }

    private static boolean model(Term term, Term own, String proof, Facts facts, @Nullable Finding opened,
            Instant at) {
        Day today = shanghai(at);
        if (opened != null && !at.isBefore(opened.at())) {
            return false;
        }
        Instant repaired = facts.part().repaired();
        if (repaired != null && !shanghai(repaired).isAfter(today)
                && !today.isAfter(own.from(shanghai(repaired)))) {
            return true;
        }
        Origin origin = facts.origin();
        LocalDate start = origin.purchased() != null ? origin.purchased() : origin.produced();
        if (start == null) {
            return false;
        }
        boolean shown = switch (proof) {
            case "document" -> origin.proof() != null;
            case "record" -> origin.proof() != null || origin.recorded();
            default -> true;
        };
        Day first = Day.of(start);
        return shown && !first.isAfter(today) && !today.isAfter(term.from(first));
    }

    // All year round eight hours ahead of UTC.
    private static Day shanghai(Instant at) {
        return Day.of(LocalDate.EPOCH.plusDays(Math.floorDiv(at.getEpochSecond() + 8 * 3600, 86_400)));
    }

    private static Instant instant(LocalDate day, Random random) {
        return Instant.ofEpochSecond(day.toEpochDay() * 86_400 - 8 * 3600)
                .plus(Duration.ofMinutes(random.nextInt(1440)));
    }

    private static WarrantyPolicy policy(Term term, Term own, String proof) {
        ObjectNode document = Policies.given("handbook").deepCopy();
        document.put("proof", proof).put("repairedPart", own.text()).put("productionGrace", "P0D");
        ((ObjectNode) document.get("terms")).put("core", term.text());
        return PolicyReader.stored("random", 1, document);
    }
}
