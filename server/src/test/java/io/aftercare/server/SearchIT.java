package io.aftercare.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercare.fleet.people.Principal;
import io.aftercare.fleet.people.Role;
import io.aftercare.fleet.postgres.Database;
import io.aftercare.fleet.postgres.TestDatabase;
import io.aftercare.fleet.search.Found;
import io.aftercare.service.text.Grams;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// The search over everything, beside a hundred thousand devices and ten thousand cases.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SearchIT {
    private static final Principal ADMIN = person(Role.ADMIN, "");

    @AutoClose
    private final Database database = TestDatabase.create("ingest", "diagnostics", "service", "ota");
    private final Search search = new Search(database, StaffApi.document());

    private static Principal person(Role role, String outlet) {
        return new Principal("ann", Set.of(role), "", outlet);
    }

    @BeforeAll
    void fill() {
        database.useTransaction(handle -> {
            handle.execute(
                    "INSERT INTO fleet.product (model, name, document) VALUES ('LP', 'Printer', '{}')");
            handle.execute(
                    """
                            INSERT INTO fleet.device (id, model, customer, outlet, token_hash)
                            SELECT 'SN-' || lpad(n::text, 6, '0'), 'LP', CASE WHEN n % 1000 = 7 THEN '蓝鲸打印' ELSE 'customer ' || n END,
                                CASE WHEN n % 2 = 0 THEN 'north' ELSE 'south' END, sha256(n::text::bytea)
                            FROM generate_series(1, 100000) n""");
            var cases = handle.prepareBatch(
                    """
                            INSERT INTO service.ticket (device, title, description, symptom, origin, opened_at, state, state_since,
                                priority, plain, grams)
                            VALUES (:device, :title, '', '', 'web', now(), 'new', now(), 'P3', :plain, :grams)""");
            for (int n = 1; n <= 10_000; n++) {
                String title = n % 100 == 0 ? "打印机卡纸 " + n : "Paper jam " + n;
                String plain = Grams.plain(title);
                cases.bind("device", "SN-%06d".formatted(n)).bind("title", title).bind("plain", plain)
                        .bind("grams", Grams.ofText(plain).toArray(String[]::new)).add();
            }
            cases.execute();
            handle.execute(
                    """
                            INSERT INTO service.part (code, name_zh, name_en, specification, models, class, genuine,
                                purchase_price, safety_stock, state, created_at)
                            VALUES ('FUSER-1', '定影器', 'Fuser', '220 V', '{}', 'core', true, 90, 1, 'active', now())""");
        });
        database.jdbi().useHandle(handle -> handle.execute("ANALYZE"));
    }

    private List<String> titles(String kind, String text, Principal reader) {
        return search.find(text, reader).stream().filter(found -> found.kind().equals(kind)).map(Found::title)
                .toList();
    }

    @Test
    void whatIsExactlySoComesFirst() {
        assertThat(titles("device", "SN-099999", ADMIN)).containsExactly("SN-099999");
        assertThat(titles("device", "sn-09999", ADMIN)).hasSize(8).startsWith("SN-099990");
        assertThat(titles("ticket", "T-000123", ADMIN)).startsWith("T-000123 Paper jam 123");
        assertThat(titles("ticket", "123", ADMIN)).startsWith("T-000123 Paper jam 123");
        assertThat(titles("part", "fuser", ADMIN)).containsExactly("FUSER-1");
        assertThat(search.find("?!", ADMIN)).isEmpty();
        assertThat(titles("device", "SN-0000_1", ADMIN)).isEmpty();
    }

    @Test
    void wordsOfTwoChineseCharactersAreFound() {
        assertThat(titles("ticket", "卡纸", ADMIN)).hasSize(8).startsWith("T-010000 打印机卡纸 10000");
        assertThat(titles("device", "蓝鲸", ADMIN)).hasSize(8).startsWith("SN-000007");
        assertThat(titles("part", "定影", ADMIN)).containsExactly("FUSER-1");
    }

    @Test
    void nobodyFindsWhatTheListsKeepFromThem() {
        Principal north = person(Role.PARTNER, "north");
        assertThat(titles("device", "SN-000002", north)).containsExactly("SN-000002");
        assertThat(titles("device", "SN-000003", north)).isEmpty();
        assertThat(titles("ticket", "T-000002", north)).startsWith("T-000002 Paper jam 2");
        assertThat(titles("ticket", "T-000003", north)).doesNotContain("T-000003 Paper jam 3");
        assertThat(titles("device", "SN-000002", person(Role.PARTNER, ""))).isEmpty();
        assertThat(titles("part", "fuser", person(Role.FIRMWARE, ""))).isEmpty();
        assertThat(titles("part", "fuser", person(Role.AGENT, ""))).containsExactly("FUSER-1");
    }
}
