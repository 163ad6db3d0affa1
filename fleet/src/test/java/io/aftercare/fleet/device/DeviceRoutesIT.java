package io.aftercare.fleet.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercare.fleet.http.FleetApi;
import io.aftercare.fleet.http.TestApi.Answer;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DeviceRoutesIT {
    private static FleetApi api;

    @BeforeAll
    static void start() throws Exception {
        api = new FleetApi();
        Answer product = api.send("POST", "/api/v1/products",
                """
                        {"model":"LP-2000","name":"Laser printer","metrics":[{"name":"fuser_temp","unit":"°C","min":0,"max":300}],
                         "actions":[{"name":"reboot","class":"C","params":{"type":"object"},"timeoutSeconds":60}],
                         "warranty":{"months":24}}""");
        assertThat(product.status()).as(product.text()).isEqualTo(201);
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void aRegisteredDeviceAnswersItsTokenOnceAndAuthenticatesWithIt() throws Exception {
        Answer made = add("SN-1", "\"customer\":\"Ana\",\"purchased\":\"2026-01-31\",\"tags\":[\"vip\"]");
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        assertThat(made.header("Location")).isEqualTo("/api/v1/devices/SN-1");
        String token = made.json().path("token").asText();
        assertThat(api.devices().authenticate(new DeviceId("SN-1"), token)).isPresent();
        assertThat(api.devices().authenticate(new DeviceId("SN-1"), token + "x")).isEmpty();
        Answer read = api.send("GET", "/api/v1/devices/SN-1", null);
        assertThat(read.json().has("token")).isFalse();
        assertThat(read.json().path("tags").path("vip").asText()).isEqualTo("true");
        assertThat(read.json().path("state").asText()).isEqualTo("provisioned");
        assertThat(read.json().path("purchased").asText()).isEqualTo("2026-01-31");
        assertThat(read.header("ETag")).isEqualTo("\"1\"");
    }

    @Test
    void devicesAreFoundByTagAndByConnection() throws Exception {
        add("TAG-1", "\"tags\":{\"vip\":\"true\",\"line\":\"3\"}");
        add("TAG-2", "\"tags\":[\"vip\"]");
        add("TAG-3", "\"region\":\"north\"");
        api.connected.put(new DeviceId("TAG-2"), api.devices().find(new DeviceId("TAG-2")).orElseThrow());
        assertThat(ids("tag=vip&q=tag-")).containsExactly("TAG-1", "TAG-2");
        assertThat(ids("tag=line:3")).containsExactly("TAG-1");
        assertThat(ids("tag=line:4")).isEmpty();
        assertThat(ids("q=tag-&connected=true")).containsExactly("TAG-2");
        assertThat(ids("q=tag-&connected=false")).containsExactly("TAG-1", "TAG-3");
        assertThat(ids("q=tag-&connected=false&limit=1")).containsExactly("TAG-1");
        assertThat(api.send("GET", "/api/v1/devices/overview?by=region&tag=vip&q=tag-", null).json()
                .at("/total/connected")
                .asInt()).isEqualTo(1);
        assertThat(api.send("GET", "/api/v1/devices/overview?by=region,region", null).status())
                .isEqualTo(400);
    }

    private static List<String> ids(String query) throws Exception {
        return api.send("GET", "/api/v1/devices?" + query, null).json().path("items").findValuesAsText("id");
    }

    @Test
    void aSecondDeviceOfOneIdIsAConflictAndAnUnknownProductNamesTheRemedy() throws Exception {
        assertThat(add("SN-2", "\"region\":\"north\"").status()).isEqualTo(201);
        assertThat(add("SN-2", "\"region\":\"north\"").status()).isEqualTo(409);
        Answer unknown = api.send("POST", "/api/v1/devices", "{\"id\":\"SN-3\",\"model\":\"nope\"}");
        assertThat(unknown.status()).isEqualTo(400);
        assertThat(unknown.text()).contains("nope").contains("/api/v1/products");
    }

    @Test
    void devicesHangOnGatewaysAndNeverOnEachOther() throws Exception {
        add("GW-1", "\"region\":\"north\"");
        add("GW-2", "\"gateway\":\"GW-1\"");
        Answer child = add("SENSOR-1", "\"gateway\":\"GW-2\"");
        assertThat(child.json().path("gateway").asText()).isEqualTo("GW-2");
        assertThat(api.devices().find(new DeviceId("SENSOR-1")).orElseThrow().gateway()).isEqualTo("GW-2");
        assertThat(add("SENSOR-2", "\"gateway\":\"GW-9\"").text()).contains("there is no device GW-9");
        assertThat(add("SENSOR-2", "\"gateway\":\"SENSOR-2\"").text()).contains("cannot hang on itself");
        Answer circle = api.send("PATCH", "/api/v1/devices/GW-1", "{\"gateway\":\"SENSOR-1\"}", "If-Match",
                "\"1\"");
        assertThat(circle.status()).isEqualTo(400);
        assertThat(circle.text()).contains("GW-1 → SENSOR-1 → GW-2 → GW-1");
        Answer list = api.send("GET", "/api/v1/devices?gateway=GW-2", null);
        assertThat(list.json().path("items").findValuesAsText("id")).containsExactly("SENSOR-1");
        Answer free = api.send("PATCH", "/api/v1/devices/GW-2", "{\"gateway\":null}", "If-Match", "\"1\"");
        assertThat(free.json().path("gateway").asText("")).isIn("", "null");
        assertThat(api.devices().find(new DeviceId("GW-2")).orElseThrow().gateway()).isEmpty();
        assertThat(api.send("PATCH", "/api/v1/devices/GW-1", "{\"gateway\":\"SENSOR-1\"}", "If-Match",
                "\"1\"").status()).as("no circle any more").isEqualTo(200);
    }

    @Test
    void aLostRaceIsToldAndAMissingVersionToo() throws Exception {
        add("SN-4", "\"region\":\"north\"");
        Answer changed = api.send("PATCH", "/api/v1/devices/SN-4",
                "{\"region\":\"south\",\"tags\":{\"line\":\"7\"}}",
                "If-Match", "\"1\"");
        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
        assertThat(changed.json().path("region").asText()).isEqualTo("south");
        assertThat(changed.header("ETag")).isEqualTo("\"2\"");
        assertThat(api.send("PATCH", "/api/v1/devices/SN-4", "{\"region\":\"west\"}", "If-Match", "\"1\"")
                .status())
                .isEqualTo(412);
        assertThat(api.send("PATCH", "/api/v1/devices/SN-4", "{\"region\":\"west\"}").status())
                .isEqualTo(428);
        assertThat(api.send("PATCH", "/api/v1/devices/SN-4", "{\"firmware\":\"9\"}", "If-Match", "\"2\"")
                .status())
                .isEqualTo(400);
    }

    @Test
    void aNewCredentialEndsTheOldOneAtOnceAndARetiredDeviceMayNotConnect() throws Exception {
        String old = add("SN-5", "\"region\":\"north\"").json().path("token").asText();
        Answer rotated = api.send("POST", "/api/v1/devices/SN-5/credentials", null);
        assertThat(rotated.status()).as(rotated.text()).isEqualTo(201);
        String fresh = rotated.json().path("token").asText();
        DeviceId id = new DeviceId("SN-5");
        assertThat(api.devices().authenticate(id, old)).isEmpty();
        assertThat(api.devices().authenticate(id, fresh)).isPresent();
        assertThat(api.devices().byToken(fresh)).isPresent();
        List<Device> told = new ArrayList<>();
        api.devices().onChange(told::add);
        api.send("PATCH", "/api/v1/devices/SN-5", "{\"state\":\"retired\"}", "If-Match", "\"2\"");
        assertThat(api.devices().authenticate(id, fresh)).isEmpty();
        assertThat(told).extracting(Device::state).contains("retired");
    }

    @Test
    void aRemovedDeviceIsGoneAndOneWithAHistoryStays() throws Exception {
        add("SN-6", "\"region\":\"north\"");
        add("SN-7", "\"region\":\"north\"");
        api.database().useTransaction(handle -> handle.execute("""
                CREATE TABLE history (device text REFERENCES fleet.device);
                INSERT INTO history VALUES ('SN-7')"""));
        assertThat(api.send("DELETE", "/api/v1/devices/SN-6", null).status()).isEqualTo(204);
        assertThat(api.send("GET", "/api/v1/devices/SN-6", null).status()).isEqualTo(404);
        Answer kept = api.send("DELETE", "/api/v1/devices/SN-7", null);
        assertThat(kept.status()).isEqualTo(409);
        assertThat(kept.text()).contains("retired");
    }

    @Test
    void theListIsFilteredSearchedAndReadPageByPage() throws Exception {
        for (int i = 0; i < 5; i++) {
            add("LIST-" + i, "\"region\":\"east\",\"customer\":\"100% Müller\"");
        }
        Answer first = api.send("GET", "/api/v1/devices?region=east&limit=3", null);
        assertThat(first.json().path("items").size()).isEqualTo(3);
        Answer second = api.send("GET",
                "/api/v1/devices?region=east&limit=3&cursor=" + first.json().path("next").asText(), null);
        assertThat(second.json().path("items").findValuesAsText("id")).containsExactly("LIST-3", "LIST-4");
        assertThat(second.json().has("next")).isFalse();
        assertThat(api.send("GET", "/api/v1/devices?q=00%25%20m%C3%BC", null).json().path("items").size())
                .isEqualTo(5);
        assertThat(api.send("GET", "/api/v1/devices?q=ist_3", null).json().path("items").size()).isZero();
        assertThat(api.send("GET", "/api/v1/devices?state=lost", null).status()).isEqualTo(400);
        assertThat(api.send("GET", "/api/v1/devices?limit=x", null).status()).isEqualTo(400);
        assertThat(api.send("GET", "/api/v1/devices?fault=any", null).json().path("items").size()).isZero();
    }

    @Test
    void aPartnerSeesItsOutletAlone() throws Exception {
        add("OUT-1", "\"outlet\":\"oslo\"");
        add("OUT-2", "\"outlet\":\"bergen\"");
        api.send("POST", "/api/v1/users", """
                {"username":"partner","password":"a long password","roles":["partner"],"outlet":"oslo"}""");
        String partner = api.login("partner", "a long password");
        assertThat(
                api.as(partner, "GET", "/api/v1/devices", null).json().path("items").findValuesAsText("id"))
                .containsExactly("OUT-1");
        assertThat(api.as(partner, "GET", "/api/v1/devices/OUT-1", null).status()).isEqualTo(200);
        assertThat(api.as(partner, "GET", "/api/v1/devices/OUT-2", null).status()).isEqualTo(404);
        assertThat(
                api.as(partner, "POST", "/api/v1/devices", "{\"id\":\"x\",\"model\":\"LP-2000\"}").status())
                .isEqualTo(403);
    }

    @Test
    void aProductIsReplacedByWhoSawItsLatestVersion() throws Exception {
        String body = "{\"model\":\"Router-X\",\"name\":\"Router\",\"metrics\":[{\"name\":\"rssi\"}]}";
        Answer made = api.send("POST", "/api/v1/products", body);
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        assertThat(api.send("POST", "/api/v1/products", body).status()).isEqualTo(409);
        assertThat(api.send("PUT", "/api/v1/products/Router-X", body, "If-Match", "\"1\"").status())
                .isEqualTo(200);
        assertThat(api.send("PUT", "/api/v1/products/Router-X", body, "If-Match", "\"1\"").status())
                .isEqualTo(412);
        assertThat(api.send("GET", "/api/v1/products/Router-X", null).json().path("version").asInt())
                .isEqualTo(2);
        assertThat(api.send("GET", "/api/v1/products", null).json().path("items").findValuesAsText("model"))
                .contains("LP-2000", "Router-X");
        Answer twice = api.send("POST", "/api/v1/products",
                "{\"model\":\"M\",\"metrics\":[{\"name\":\"a\"},{\"name\":\"a\"}]}");
        assertThat(twice.status()).isEqualTo(400);
        assertThat(twice.json().path("errors").path(0).path("field").asText()).isEqualTo("metrics[1].name");
        Answer bad = api.send("POST", "/api/v1/products",
                "{\"model\":\"M\",\"metrics\":[{\"name\":\"a\"},{\"name\":\"b c\"}]}");
        assertThat(bad.json().path("errors").path(0).path("field").asText()).as(bad.text())
                .isEqualTo("metrics[1].name");
    }

    @Test
    void lastSeenIsWrittenForManyAtOnceAndNeverGoesBack() throws Exception {
        add("SEEN-1", "\"region\":\"north\"");
        Device device = api.devices().find(new DeviceId("SEEN-1")).orElseThrow();
        api.devices().seen(Map.of(device.number(), Instant.parse("2026-11-01T00:00:10Z")));
        api.devices().seen(Map.of(device.number(), Instant.parse("2026-11-01T00:00:00Z")));
        assertThat(api.send("GET", "/api/v1/devices/SEEN-1", null).json().path("lastSeen").asText())
                .isEqualTo("2026-11-01T00:00:10Z");
    }

    private static Answer add(String id, String more) throws IOException, InterruptedException {
        return api.send("POST", "/api/v1/devices",
                "{\"id\":\"" + id + "\",\"model\":\"LP-2000\"," + more + "}");
    }

    @Test
    void whatAProductDeclaresLaterHasItsPlaceAndThereIsAnEnd() throws Exception {
        api.send("POST", "/api/v1/products", "{\"model\":\"Scale\",\"metrics\":[{\"name\":\"grams\"}]}");
        String path = "/api/v1/products/Scale";
        Answer more = api.send("PUT", path,
                "{\"model\":\"Scale\",\"metrics\":[{\"name\":\"tare\"},{\"name\":\"grams\"}]}", "If-Match",
                "\"1\"");
        assertThat(more.status()).as(more.text()).isEqualTo(200);
        List<String> names = api.database().jdbi().withHandle(handle -> handle
                .createQuery("SELECT name FROM fleet.metric WHERE model = 'Scale' ORDER BY place")
                .mapTo(String.class).list());
        assertThat(names).containsExactly("grams", "tare");
        String many = IntStream.range(0, 1023).mapToObj(i -> "{\"name\":\"m" + i + "\"}")
                .collect(
                        Collectors.joining(",", "{\"model\":\"Scale\",\"metrics\":[", "]}"));
        Answer refused = api.send("PUT", path, many, "If-Match", "\"2\"");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text()).contains("at most 1024 metrics");
    }
}
