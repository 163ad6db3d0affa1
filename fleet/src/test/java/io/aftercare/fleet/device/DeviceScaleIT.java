package io.aftercare.fleet.device;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.http.FleetApi;
import io.aftercare.fleet.http.TestApi.Answer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The list of a hundred thousand devices and the counts over it, over HTTP; how soon they come is told by the benchmark
/// `console`.
class DeviceScaleIT {
    private static final int DEVICES = 100_000;
    /// What no device is like.
    private static final Set<String> NOBODY = Set.of("q=nothing like it", "tag=vip");
    private static FleetApi api;

    @BeforeAll
    static void fill() throws Exception {
        api = new FleetApi();
        api.database().useTransaction(handle -> {
            handle.execute("""
                    INSERT INTO fleet.product (model, name, document)
                    SELECT 'M-' || n, 'Model ' || n, '{}' FROM generate_series(0, 7) n""");
            handle.execute(
                    """
                            INSERT INTO fleet.device (id, model, firmware, region, outlet, customer, state, token_hash)
                            SELECT 'SN-' || lpad(n::text, 6, '0'), 'M-' || n % 8, '1.' || n % 23, 'region-' || n % 5,
                                'outlet-' || n % 40, CASE WHEN n % 1000 = 7 THEN '蓝鲸打印' ELSE 'customer ' || n END,
                                'active', sha256(n::text::bytea)
                            FROM generate_series(1, ?) n""",
                    DEVICES);
        });
        api.database().jdbi().useHandle(handle -> handle.execute("VACUUM ANALYZE fleet.device"));
        List<Device> devices = api.database().jdbi().withHandle(handle -> handle
                .createQuery("SELECT " + Devices.COLUMNS + " FROM fleet.device ORDER BY id")
                .map((row, _) -> Devices.map(row).device()).list());
        devices.subList(0, DEVICES * 9 / 10).forEach(device -> api.connected.put(device.id(), device));
        api.quarantined.addAll(IntStream.rangeClosed(1, 50).mapToObj(DeviceScaleIT::id).toList());
        api.faulty.addAll(IntStream.rangeClosed(1, 2000).mapToObj(n -> new DeviceId(id(n * 50))).toList());
        api.cases.addAll(IntStream.rangeClosed(1, 3000).mapToObj(n -> id(1 + n % 1500)).toList());
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    private static String id(int n) {
        return "SN-" + String.format("%06d", n);
    }

    @Test
    void everyFilterAnswersAPageInOrder() throws Exception {
        for (String query : List.of("", "cursor=SN-099000", "model=M-3", "firmware=1.7&region=region-2",
                "state=active&outlet=outlet-9", "fault=any", "q=sn-0777", "q=customer 99",
                "q=打印", "q=nothing like it",
                "connected=true", "tag=vip")) {
            List<String> ids = page("/api/v1/devices?limit=50&" + query).path("items").findValuesAsText("id");
            assertThat(ids).as(query).isSorted().doesNotHaveDuplicates().hasSizeLessThanOrEqualTo(50);
            assertThat(ids.isEmpty()).as(query).isEqualTo(NOBODY.contains(query));
        }
    }

    /// The last tenth is away, so that the ids of all others are read before.
    @Test
    void whoIsAwayIsFoundAtTheEndOfTheList() throws Exception {
        JsonNode away = api.send("GET", "/api/v1/devices?limit=50&connected=false", null).json();
        assertThat(away.at("/items/0/id").asText()).isEqualTo("SN-090001");
        assertThat(away.path("items")).hasSize(50);
        assertThat(away.path("next").asText()).isEqualTo("SN-090050");
    }

    @Test
    void theFleetIsCounted() throws Exception {
        for (String query : List.of("by=model", "by=firmware,region", "by=region&model=M-3", "by=state&q=打印",
                "by=model&fault=any")) {
            assertThat(page("/api/v1/devices/overview?" + query).path("items")).as(query).isNotEmpty();
        }
        JsonNode all = api.send("GET", "/api/v1/devices/overview?by=model", null).json();
        assertThat(all.at("/total/devices").asInt()).isEqualTo(DEVICES);
        assertThat(all.at("/total/connected").asInt()).isEqualTo(DEVICES * 9 / 10);
        assertThat(all.at("/total/faulty").asInt()).isEqualTo(2000);
        assertThat(all.at("/total/openTickets").asInt()).isEqualTo(3000);
        assertThat(all.at("/total/quarantined").asInt()).isEqualTo(50);
        assertThat(all.path("groups").asInt()).isEqualTo(8);
        assertThat(all.path("items")).hasSize(8);
        JsonNode one = api.send("GET", "/api/v1/devices/overview?by=region&model=M-3&limit=1", null).json();
        assertThat(one.path("groups").asInt()).isEqualTo(5);
        assertThat(one.at("/items/0/devices").asInt()).isEqualTo(DEVICES / 40);
        assertThat(one.at("/total/devices").asInt()).isEqualTo(DEVICES / 8);
        assertThat(one.at("/total/connected").asInt()).isEqualTo(DEVICES / 8 * 9 / 10);
    }

    private static JsonNode page(String path) throws Exception {
        String address = path.replace(" ", "%20").replace("打印",
                URLEncoder.encode("打印", StandardCharsets.UTF_8));
        Answer answer = api.send("GET", address, null);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }
}
