package io.aftercare.service.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercare.fleet.http.Page;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.people.Principal;
import io.aftercare.fleet.people.Role;
import io.aftercare.fleet.postgres.Database;
import io.aftercare.fleet.postgres.TestDatabase;
import io.aftercare.service.text.Grams;
import io.vertx.core.MultiMap;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Search over many cases: as exact as reading every one, and its cost bounded whether a word is rare or common. The times
/// are printed; `-Dsearch.tickets=200000` makes a large desk.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TicketSearchIT {
    private static final int TICKETS = Integer.getInteger("search.tickets", 10_000);
    private static final Duration SLOW = Duration.ofSeconds(2);
    private static final List<String> WORDS = List.of("打印机", "卡纸", "定影器", "过热", "门锁", "没电", "路由器", "掉线",
            "printer", "jams", "fuser", "overheat", "lock", "battery", "router", "offline", "滤网", "更换");
    private Database database;
    private final List<String> plains = new ArrayList<>();

    @BeforeAll
    void fill() {
        database = TestDatabase.create("service");
        Random random = new Random(1);
        database.useTransaction(handle -> {
            PreparedBatch batch = handle.prepareBatch("""
                    INSERT INTO service.ticket (device, title, description, symptom, origin, opened_at, state,
                        state_since, priority, plain, grams)
                    VALUES ('LP-1', 'x', '', '', 'web', now(), 'new', now(), 'P3', :plain, :grams)""");
            for (int i = 0; i < TICKETS; i++) {
                String plain = Grams.plain(words(random) + (i % (TICKETS / 4) == 7 ? " 霹雳 zyzzyva" : ""));
                plains.add(plain);
                batch.bind("plain", plain).bind("grams", Grams.ofText(plain).toArray(String[]::new)).add();
                if (batch.size() == 1000) {
                    batch.execute();
                }
            }
            if (batch.size() > 0) {
                batch.execute();
            }
        });
        database.jdbi().useHandle(handle -> handle.execute("VACUUM ANALYZE service.ticket"));
    }

    @AfterAll
    void close() {
        database.close();
    }

    @Test
    void whatIsFoundIsWhatReadingEveryCaseFindsAndNoSearchIsSlow() {
        for (String q : List.of("霹雳", "zyzzyva", "卡纸", "机", "print", "over heat", "纸卡", "q", "lock ba",
                "热")) {
            long start = System.nanoTime();
            Page<TicketLine> page = database.jdbi().withHandle(handle -> query(q).run(handle));
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            String plain = Grams.plain(q);
            long expected = plains.stream().filter(text -> text.contains(plain)).count();
            System.out.println("search " + q + ": " + expected + " of " + TICKETS + " cases, first page in "
                    + took.toMillis() + " ms");
            assertThat(page.items()).as(q).hasSize((int) Math.min(expected, 50));
            assertThat(took).as(q).isLessThan(SLOW);
        }
    }

    private static TicketQuery query(String q) {
        return TicketQuery.of(new Request(new Principal("ann", Set.of(Role.AGENT), "", ""), Map.of(),
                MultiMap.caseInsensitiveMultiMap().add("q", q), MultiMap.caseInsensitiveMultiMap(),
                new byte[0],
                ""));
    }

    private static String words(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 12; i++) {
            text.append(WORDS.get(random.nextInt(WORDS.size()))).append(random.nextBoolean() ? " " : "，")
                    .append(random.nextInt(1000)).append(' ');
        }
        return text.toString();
    }
}
