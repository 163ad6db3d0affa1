package io.aftercare.service.workorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.aftercare.fleet.device.DeviceId;
import io.aftercare.service.text.Cause;
import io.aftercare.service.workorder.Ranking.Candidate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("R28")
class RankingTest {
    private static final Position SHANGHAI = new Position(31.2304, 121.4737);
    private static final Position SUZHOU = new Position(31.2990, 120.5853);
    private static final Position BEIJING = new Position(39.9042, 116.4074);

    @Test
    void distancesAreThoseOfTheGlobe() {
        assertThat(SHANGHAI.kilometresTo(BEIJING)).isCloseTo(1067, within(6.0));
        assertThat(SHANGHAI.kilometresTo(SHANGHAI)).isZero();
        assertThat(new Position(0, 179.5).kilometresTo(new Position(0, -179.5))).isCloseTo(111.2,
                within(0.5));
        assertThat(new Position(90, 0).kilometresTo(new Position(-90, 0))).isCloseTo(20015, within(10.0));
    }

    @Test
    void theNearestOfTheRegionWithTheLeastToDoGoesFirstAndTheReasonsAddUp() {
        List<Candidate> ranked = Ranking.rank(job("north"), List.of(member("far", "north", BEIJING),
                member("near", "north", SHANGHAI), member("busy", "north", SHANGHAI),
                member("abroad", "south", SUZHOU)),
                Map.of("busy", 5), Map.of());
        assertThat(ranked).extracting(Candidate::engineer).containsExactly("near", "busy", "far", "abroad");
        for (Candidate one : ranked) {
            assertThat(one.reasons().stream().mapToDouble(Ranking.Reason::points).sum())
                    .isCloseTo(one.score(), within(0.06));
            assertThat(one.reasons()).extracting(Ranking.Reason::what).containsExactly("region", "distance",
                    "load");
        }
        assertThat(ranked.getFirst().reasons().get(1).text()).isEqualTo("0.0 km away");
        assertThat(ranked.getFirst().reasons()).extracting(Ranking.Reason::value).containsExactly("north",
                "0.0", "0");
    }

    @Test
    void whoCannotGoStandsLastWithEveryReason() {
        Crew.Member unfit = new Crew.Member("old", 1, "north", "", SHANGHAI,
                List.of(Cause.of("certificate-expired", "old's certificate expired")));
        Crew.Member other = new Crew.Member("pat", 2, "north", "west", SHANGHAI, List.of());
        List<Candidate> ranked = Ranking.rank(job("north"),
                List.of(unfit, other, member("zoe", "south", null)),
                Map.of(), Map.of("old", "W-000003"));
        assertThat(ranked.getFirst().engineer()).isEqualTo("zoe");
        assertThat(ranked.get(1).refusals()).containsExactly("old's certificate expired",
                "old has W-000003 at that time");
        assertThat(ranked.get(1).causes().getLast().code()).isEqualTo("booked");
        assertThat(ranked.get(1).causes().getLast().values())
                .isEqualTo(Map.of("engineer", "old", "order", "W-000003"));
        assertThat(ranked.get(2).refusals().getFirst()).contains("outlet west");
    }

    @Test
    void theOrderDoesNotDependOnTheOrderOfTheQuestion() {
        Random random = new Random(28);
        List<Crew.Member> crew = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            crew.add(member("e" + i, random.nextBoolean() ? "north" : "south",
                    new Position(20 + random.nextInt(20), 100 + random.nextInt(20))));
        }
        List<Candidate> first = Ranking.rank(job("north"), crew, Map.of("e3", 2), Map.of("e4", "W-000001"));
        Collections.shuffle(crew, random);
        assertThat(Ranking.rank(job("north"), crew, Map.of("e3", 2), Map.of("e4", "W-000001")))
                .isEqualTo(first);
        assertThat(first.getLast().engineer()).isEqualTo("e4");
    }

    private static Job job(String region) {
        return new Job(new DeviceId("LP-1"), "LP", region, "", WorkOrderType.ON_SITE,
                new Job.Detail("Fuser", null, SHANGHAI, List.of(), null));
    }

    private static Crew.Member member(String name, String region, @Nullable Position home) {
        return new Crew.Member(name, name.hashCode(), region, "", home, List.of());
    }
}
