package io.aftercare.remote.crash;

import static io.aftercare.remote.crash.CrashHouse.IN_BUILD_1;
import static io.aftercare.remote.crash.CrashHouse.IN_BUILD_2;
import static io.aftercare.remote.crash.CrashHouse.data;
import static io.aftercare.remote.crash.symbol.Fixture.BUILD_1;
import static io.aftercare.remote.crash.symbol.Fixture.BUILD_2;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.remote.crash.symbol.Fixture;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrashesIT {
    private final CrashHouse house = new CrashHouse();

    @AfterEach
    void stop() {
        house.close();
    }

    private static List<String> functions(JsonNode crash) {
        List<String> functions = new ArrayList<>();
        crash.path("threads").path(0).path("stack").forEach(call -> functions
                .add(call.path("places").path(0).path("function").asText("?")));
        return functions;
    }

    @Test
    void symbolsAreMissingUntilTheyComeAndThenTheStackHasNames() throws Exception {
        Fixture.symbolizerNeeded();
        house.crash("SN-1", data("crash-1", BUILD_1, IN_BUILD_1));
        JsonNode crash = house.settled("SN-1", 1).path(0);
        assertThat(crash.path("state").asText()).isEqualTo("symbols-missing");
        assertThat(crash.path("missing")).isEqualTo(Json.parse("[\"" + BUILD_1 + "\"]"));
        String path = "/crashes/" + crash.path("id").asText();
        assertThat(functions(house.get(path))).containsOnly("?");
        String group = "/crash-groups/" + crash.path("group").asText();
        assertThat(house.get(group).path("title").asText()).isEqualTo("SIGSEGV in spoolerd+0x1000");
        JsonNode missing = house.get("/missing-symbols").path("items").path(0);
        assertThat(missing.path("buildId").asText()).isEqualTo(BUILD_1);
        assertThat(missing.path("module").asText()).isEqualTo("spoolerd");
        assertThat(missing.path("firmwares")).isEqualTo(Json.parse("[\"2.3.0\"]"));

        HttpResponse<String> uploaded = house.symbols("release=r1&name=spoolerd", "spooler.elf");
        assertThat(uploaded.statusCode()).as(uploaded.body()).isEqualTo(201);
        JsonNode named = house.await(path, now -> now.path("state").asText().equals("symbolicated"));
        assertThat(functions(named)).containsExactly("length_of", "drain", "drain", "drain", "drain",
                "print_all", "_start");
        JsonNode first = named.path("threads").path(0).path("stack").path(0);
        assertThat(first.path("places").path(1).path("function").asText()).as("it was inlined")
                .isEqualTo("next_job");
        assertThat(first.path("places").path(0).path("file").asText()).isEqualTo("/src/spooler.c");
        assertThat(first.path("places").path(0).path("line").asInt()).isEqualTo(7);
        assertThat(house.get(group).path("title").asText()).isEqualTo("SIGSEGV in length_of (spooler.c:7)");
        assertThat(house.get("/missing-symbols").path("items")).isEmpty();

        int version = Json.parse(uploaded.body()).path("version").asInt();
        String symbols = "/symbols/" + BUILD_1;
        assertThat(house.ask("f:firmware", "DELETE", symbols, null, "If-Match", "\"9\"").status())
                .isEqualTo(412);
        assertThat(house.ask("f:firmware", "DELETE", symbols, null, "If-Match", "\"" + version + "\"")
                .status()).isEqualTo(204);
        JsonNode again = house.await(path, now -> now.path("state").asText().equals("symbols-missing"));
        assertThat(functions(again)).containsOnly("?");
        assertThat(house.get(group).path("title").asText()).as("the group keeps its name")
                .isEqualTo("SIGSEGV in length_of (spooler.c:7)");
    }

    @Test
    void crashesAreGroupedByBuildAndStackAndOneInAllBuildsOnceNamesAreKnown() throws Exception {
        Fixture.symbolizerNeeded();
        house.crash("SN-1", data("crash-1", BUILD_1, IN_BUILD_1));
        house.crash("SN-2", data("crash-1", BUILD_1, 0x1000, 0x101a, 0x102a, 0x103d, 0x1053));
        house.settled("SN-1", 1);
        house.settled("SN-2", 1);
        house.remote.clock.pass(Duration.ofMinutes(1)); // the older group is the one that stays
        house.crash("SN-1", data("crash-2", BUILD_2, IN_BUILD_2));
        house.crash("SN-1", data("crash-3", BUILD_1, 0x1015, 0x103d));
        house.settled("SN-1", 3);
        String one = house.settled("SN-2", 1).path(0).path("group").asText();
        JsonNode groups = house.get("/crash-groups").path("items");
        assertThat(groups).hasSize(3);
        JsonNode group = house.get("/crash-groups/" + one);
        assertThat(group.path("crashes").asInt()).isEqualTo(2);
        assertThat(group.path("devices").asInt()).isEqualTo(2);
        assertThat(group.path("firmwares")).isEqualTo(Json.parse("[\"2.3.0\"]"));
        assertThat(group.path("builds")).hasSize(1);
        assertThat(house.get("/crash-groups/" + one + "/crashes").path("items")).hasSize(2);
        assertThat(house.symbols("product=LP-2000&firmware=2.3.0", "spooler.elf").statusCode())
                .isEqualTo(201);
        assertThat(house.symbols("product=LP-2000&firmware=2.4.0", "spooler-2.elf").statusCode())
                .isEqualTo(201);
        JsonNode known = house.await("/crash-groups/" + one, now -> now.path("builds").size() == 2);
        assertThat(known.path("crashes").asInt()).isEqualTo(3);
        assertThat(known.path("devices").asInt()).as("moved, not duplicated").isEqualTo(2);
        assertThat(house.get("/crash-groups/" + one + "/crashes").path("items")).hasSize(3);
        assertThat(house.get("/crash-groups?buildId=" + BUILD_2).path("items")).singleElement()
                .matches(it -> it.path("id").asText().equals(one));
        house.remote.clock.pass(Duration.ofMinutes(1)); // lists begin with the newest
        house.crash("SN-1", data("crash-4", BUILD_2, IN_BUILD_2));
        assertThat(house.settled("SN-1", 4).path(0).path("group").asText()).isEqualTo(one);
        assertThat(house.get("/crash-groups?device=SN-2").path("items")).hasSize(1);
        assertThat(house.get("/crash-groups?model=OTHER").path("items")).isEmpty();
        for (String sort : List.of("lastSeen", "crashes", "devices")) {
            JsonNode page = house.get("/crash-groups?limit=1&sort=" + sort);
            assertThat(page.path("items")).hasSize(1);
            JsonNode rest = house.get(
                    "/crash-groups?limit=1&sort=" + sort + "&cursor=" + page.path("next").asText());
            assertThat(rest.path("items")).as(sort).hasSize(1).isNotEqualTo(page.path("items"));
            assertThat(rest.hasNonNull("next")).as(sort).isFalse();
        }
        assertThat(house.get("/crash-groups?sort=crashes").path("items").path(0).path("id").asText())
                .isEqualTo(one);
    }

    @Test
    void withoutAProgramItSaysSoAndGoesOnWhenOneIsThere(@TempDir Path folder) throws Exception {
        Path installed = Path.of("/usr/bin/addr2line");
        assumeTrue(Files.isExecutable(installed), "addr2line (binutils) is not installed");
        Path program = folder.resolve("addr2line");
        try (CrashHouse bare = new CrashHouse(CrashConfig.DEFAULTS.with(Duration.ofDays(90), program))) {
            assertThat(bare.symbols("release=r1", "spooler.elf").statusCode()).isEqualTo(201);
            bare.crash("SN-1", data("crash-1", BUILD_1, IN_BUILD_1));
            JsonNode crash = bare.settled("SN-1", 1).path(0);
            assertThat(crash.path("state").asText()).isEqualTo("symbolizer-missing");
            assertThat(crash.path("error").asText()).contains(program.toString());
            Files.createSymbolicLink(program, installed);
            bare.remote.clock.pass(Duration.ofMinutes(11));
            JsonNode named = bare.await("/crashes/" + crash.path("id").asText(),
                    now -> now.path("state").asText().equals("symbolicated"));
            assertThat(functions(named)).startsWith("length_of", "drain");
            assertThat(bare.get("/crashes?state=symbolizer-missing").path("items")).isEmpty();
        }
    }

    @Test
    void whoIsBoundToARegionSeesAndCountsItsDevicesAlone() {
        house.crash("SN-1", data("crash-1", BUILD_1, IN_BUILD_1));
        house.crash("SN-2", data("crash-1", BUILD_1, IN_BUILD_1));
        house.crash("SN-2", data("crash-2", BUILD_2, IN_BUILD_2));
        String id = house.settled("SN-1", 1).path(0).path("id").asText();
        house.settled("SN-2", 2);
        assertThat(house.get("e:engineer:eu", "/crash-groups").path("items")).singleElement()
                .matches(group -> group.path("crashes").asInt() == 1);
        assertThat(house.get("e:engineer:us", "/crash-groups").path("items")).hasSize(2);
        String shared = house.get("/crashes/" + id).path("group").asText();
        assertThat(house.get("e:engineer:eu", "/crash-groups/" + shared + "/crashes").path("items"))
                .hasSize(1);
        assertThat(house.get("e:engineer:eu", "/crash-groups/" + shared).path("newest").path("device")
                .asText()).isEqualTo("SN-1");
        String other = house.get("e:engineer", "/crash-groups?buildId=" + BUILD_2).path("items").path(0)
                .path("id").asText();
        assertThat(house.ask("e:engineer:eu", "GET", "/crash-groups/" + other, null).status()).isEqualTo(404);
        assertThat(house.ask("e:engineer:us", "GET", "/crashes/" + id, null).status()).isEqualTo(403);
        assertThat(house.ask("e:engineer:us", "GET", "/devices/SN-1/crashes", null).status()).isEqualTo(403);
        assertThat(house.ask("p:partner::x", "GET", "/devices/SN-1/crashes", null).status()).isEqualTo(403);
    }

    @Test
    void theSameCrashToldAgainIsOneAndOthersEventsAreNone() {
        house.tell("7", "SN-1", "one", data("crash-1", BUILD_1, IN_BUILD_1));
        house.tell("8", "SN-1", "one", data("crash-1", BUILD_1, IN_BUILD_1));
        house.tell("9", "SN-1", "watchdog, no answer for 3012 ms", Json.object());
        house.tell("10", "SN-1", "watchdog, no answer for 5555 ms", Json.object());
        house.remote.tell("device.event", "11",
                Json.object().put("device", "SN-1").put("ts", 1).put("code", "boot"));
        house.tell("12", "GONE", "a device that was deleted", Json.object());
        house.drained();
        JsonNode crashes = house.settled("SN-1", 3);
        assertThat(crashes.findValuesAsText("message")).containsExactlyInAnyOrder(
                "watchdog, no answer for 5555 ms", "watchdog, no answer for 3012 ms", "one");
        assertThat(crashes.findValuesAsText("state")).containsExactlyInAnyOrder("no-stack", "no-stack",
                "symbols-missing", "none", "none", "none");
        assertThat(house.get("/crash-groups").path("items")).hasSize(2);
        house.remote.tell("device.event", "13", Json.object().put("device", "SN-1").put("code", "crash"));
        assertThat(house.settled("SN-1", 4)).as("what came before it is done").hasSize(4);
    }

    @Test
    void aDeviceWithEndlesslyManyCrashesFillsNoTable() {
        for (int i = 0; i < Crashes.NEW_GROUPS_PER_DAY + 5; i++) {
            house.crash("SN-1", data("", BUILD_1, 0x2000 + i));
        }
        house.settled("SN-1", Crashes.NEW_GROUPS_PER_DAY + 5);
        JsonNode groups = house.get("/crash-groups").path("items");
        assertThat(groups).hasSize(Crashes.NEW_GROUPS_PER_DAY + 1);
        assertThat(groups).filteredOn(
                group -> group.path("title").asText().startsWith("Too many different crashes"))
                .singleElement().matches(group -> group.path("crashes").asInt() == 5);
        house.crash("SN-1", data("", BUILD_1, 0x2000));
        house.settled("SN-1", Crashes.NEW_GROUPS_PER_DAY + 6);
        assertThat(house.get("/crash-groups").path("items"))
                .filteredOn(group -> group.path("title").asText().equals("SIGSEGV in spoolerd+0x2000"))
                .singleElement().as("a known one is known still")
                .matches(group -> group.path("crashes").asInt() == 2);
        house.remote.clock.pass(Duration.ofHours(25));
        house.crash("SN-1", data("", BUILD_1, 0x3000));
        house.settled("SN-1", Crashes.NEW_GROUPS_PER_DAY + 7);
        assertThat(house.get("/crash-groups").path("items")).hasSize(Crashes.NEW_GROUPS_PER_DAY + 2);
        for (int i = 0; i < CrashConfig.DEFAULTS.perDeviceMax(); i++) {
            house.crash("SN-1", "again " + i, Json.object());
        }
        house.drained();
        assertThat(house.get("/devices/SN-1/crashes?limit=1000").path("items"))
                .hasSize(CrashConfig.DEFAULTS.perDeviceMax());
    }

    @Test
    void symbolsAreWhatTheySayOrAreRefused() throws Exception {
        assertThat(house.symbols("product=LP-2000&firmware=1", "spooler.c").body())
                .contains("It is no ELF file");
        assertThat(house.symbols("product=LP-2000&firmware=1", "spooler-stripped.elf").body())
                .contains("before strip");
        assertThat(house.symbols("product=LP-2000", "spooler.elf").statusCode()).isEqualTo(400);
        assertThat(house.symbols("product=NONE&firmware=1", "spooler.elf").statusCode()).isEqualTo(404);
        assertThat(house.symbols("release=r9", "spooler.elf").statusCode()).isEqualTo(404);
        assertThat(house.remote.upload("a:agent", "/symbols?release=r1", Fixture.bytes("spooler.elf"))
                .statusCode()).isEqualTo(403);
        assertThat(house.symbols("release=r1", "spooler.elf").statusCode()).isEqualTo(201);
        assertThat(house.symbols("release=r1", "spooler.elf").statusCode()).as("the same again")
                .isEqualTo(200);
        HttpResponse<String> other = house.symbols("release=r1", "spooler.debug");
        assertThat(other.statusCode()).isEqualTo(409);
        assertThat(other.body()).contains("send If-Match with its version, 1");
        assertThat(house.symbols("release=r1", "spooler.debug", "If-Match", "\"7\"").statusCode())
                .isEqualTo(412);
        HttpResponse<String> replaced = house.symbols("release=r1", "spooler.debug", "If-Match", "\"1\"");
        assertThat(replaced.statusCode()).isEqualTo(201);
        assertThat(Json.parse(replaced.body()).path("version").asInt()).isEqualTo(2);
        assertThat(house.get("/symbols").path("items")).hasSize(1);
        List<String> deeds = house.remote.database.jdbi().withHandle(handle -> handle
                .createQuery("SELECT action FROM fleet.audit WHERE object LIKE 'symbols/%' ORDER BY id")
                .mapTo(String.class).list());
        assertThat(deeds).containsExactly("symbols.add", "symbols.replace");
    }

    @Test
    void aCrashIsForgottenInTimeAndItsGroupLater() {
        house.crash("SN-1", data("crash-1", BUILD_1, IN_BUILD_1));
        String group = house.settled("SN-1", 1).path(0).path("group").asText();
        house.remote.clock.pass(Duration.ofDays(91));
        Crashes crashes = house.crashes();
        assertThat(crashes.forget()).isFalse();
        assertThat(house.get("/devices/SN-1/crashes").path("items")).isEmpty();
        assertThat(house.get("/crash-groups/" + group).path("crashes").asInt()).as("what it counted stays")
                .isEqualTo(1);
        house.remote.clock.pass(Duration.ofDays(400));
        crashes.forget();
        assertThat(house.ask("e:engineer", "GET", "/crash-groups/" + group, null).status()).isEqualTo(404);
    }

    @Test
    void lookingAtACrashAndAskingForItsNamesAgainIsAudited() {
        house.crash("SN-1", data("crash-1", BUILD_1, IN_BUILD_1));
        JsonNode crash = house.settled("SN-1", 1).path(0);
        String path = "/crashes/" + crash.path("id").asText();
        house.get(path);
        assertThat(house.ask("e:engineer", "POST", path + "/reprocess", null).status()).isEqualTo(202);
        assertThat(house.ask("e:engineer", "POST",
                "/crash-groups/" + crash.path("group").asText() + "/reprocess", null).json()
                .path("crashes").asInt()).isEqualTo(1);
        house.settled("SN-1", 1);
        List<String> deeds = house.remote.database.jdbi().withHandle(handle -> handle
                .createQuery("SELECT action FROM fleet.audit ORDER BY id").mapTo(String.class).list());
        assertThat(deeds).containsExactly("crash.read", "crash.reprocess", "crash-group.reprocess");
    }
}
