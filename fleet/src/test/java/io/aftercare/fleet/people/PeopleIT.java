package io.aftercare.fleet.people;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import io.aftercare.fleet.http.FleetApi;
import io.aftercare.fleet.http.TestApi.Answer;
import io.aftercare.fleet.postgres.Database;
import io.aftercare.fleet.postgres.TestDatabase;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PeopleIT {
    private static final int ROUNDS = 8;
    private static final String PASSWORD = "a long password";
    private static FleetApi api;

    @BeforeAll
    static void start() throws Exception {
        api = new FleetApi();
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void aUserLogsInSeesWhoTheyAreAndLogsOut() throws Exception {
        add("ana", "\"roles\":[\"agent\"],\"region\":\"north\"");
        Answer login = login("ana", PASSWORD);
        assertThat(login.status()).as(login.text()).isEqualTo(200);
        assertThat(login.json().path("user").path("roles").path(0).asText()).isEqualTo("agent");
        String token = login.json().path("token").asText();
        assertThat(
                api.as(token, "GET", "/api/v1/session", null).json().path("user").path("username").asText())
                .isEqualTo("ana");
        assertThat(api.as(token, "GET", "/api/v1/users", null).status()).isEqualTo(403);
        assertThat(api.as(token, "DELETE", "/api/v1/session", null).status()).isEqualTo(204);
        Answer after = api.as(token, "GET", "/api/v1/session", null);
        assertThat(after.status()).isEqualTo(401);
        assertThat(after.header("WWW-Authenticate")).startsWith("Bearer");
    }

    @Test
    void anAgentIsToldWhomToGiveWorkToAndAPartnerOnlyOfTheirOutlet() throws Exception {
        add("wim", "\"roles\":[\"agent\"]");
        add("wes", "\"roles\":[\"engineer\"],\"outlet\":\"harbour\"");
        add("win", "\"roles\":[\"auditor\"]");
        add("wyn", "\"roles\":[\"partner\"],\"outlet\":\"harbour\"");
        String agent = login("wim", PASSWORD).json().path("token").asText();
        Answer all = api.as(agent, "GET", "/api/v1/assignees?limit=1000", null);
        assertThat(all.json().path("items").findValuesAsText("name")).contains("wim", "wes")
                .doesNotContain("win", "wyn");
        assertThat(all.text()).doesNotContain("outlet");
        assertThat(
                api.as(agent, "GET", "/api/v1/assignees?limit=1000&role=engineer", null).json().path("items")
                        .findValuesAsText("name"))
                .contains("wes").doesNotContain("wim");
        assertThat(api.as(agent, "GET", "/api/v1/assignees?role=boss", null).status()).isEqualTo(400);
        String partner = login("wyn", PASSWORD).json().path("token").asText();
        assertThat(api.as(partner, "GET", "/api/v1/assignees", null).json().path("items")
                .findValuesAsText("name")).containsExactly("wes");
    }

    @Test
    void theConsoleGetsACookieThatScriptsCannotReadAndItsWritesNeedTheCsrfToken() throws Exception {
        Answer login = api.api().send("POST", "/api/v1/session",
                "{\"username\":\"admin\",\"password\":\"" + FleetApi.PASSWORD + "\"}", "X-Requested-With",
                "console");
        assertThat(login.json().has("token")).isFalse();
        String setCookie = login.header("Set-Cookie");
        assertThat(setCookie).startsWith("aftercare_session=").contains("HttpOnly")
                .contains("SameSite=Strict");
        String cookie = setCookie.substring(0, setCookie.indexOf(';'));
        String csrf = login.json().path("csrf").asText();
        assertThat(
                api.api().send("GET", "/api/v1/session", null, "Cookie", cookie).json().path("csrf").asText())
                .isEqualTo(csrf);
        String body = "{\"model\":\"by-console\"}";
        assertThat(api.api().send("POST", "/api/v1/products", body, "Cookie", cookie).status())
                .isEqualTo(403);
        assertThat(api.api().send("POST", "/api/v1/products", body, "Cookie", cookie, "X-CSRF-Token", "x")
                .status())
                .isEqualTo(403);
        assertThat(api.api().send("POST", "/api/v1/products", body, "Cookie", cookie, "X-CSRF-Token", csrf)
                .status())
                .isEqualTo(201);
        Answer out = api.api().send("DELETE", "/api/v1/session", null, "Cookie", cookie, "X-CSRF-Token",
                csrf);
        assertThat(out.header("Set-Cookie")).contains("Max-Age=0");
        assertThat(api.api().send("GET", "/api/v1/session", null, "Cookie", cookie).status()).isEqualTo(401);
    }

    @Test
    void aStaleCookieDoesNotStopALogin() throws Exception {
        Answer login = api.api().send("POST", "/api/v1/session",
                "{\"username\":\"admin\",\"password\":\"" + FleetApi.PASSWORD + "\"}", "Cookie",
                "aftercare_session=old");
        assertThat(login.status()).isEqualTo(200);
    }

    @Test
    void wrongPasswordAndUnknownUserAreAnsweredAlikeInWordAndTime() throws Exception {
        add("known", "\"roles\":[\"agent\"]");
        Answer wrong = login("known", "wrong password");
        Answer unknown = login("nobody-here", "wrong password");
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.text()).isEqualTo(unknown.text());
        List<Long> known = new ArrayList<>();
        List<Long> strange = new ArrayList<>();
        Staff staff = new Staff(api.database());
        long cpuBefore = cpuNanos();
        for (int i = 0; i < ROUNDS; i++) {
            known.add(nanos(staff, "known"));
            strange.add(nanos(staff, "stranger" + i));
        }
        double ratio = (double) median(known) / median(strange);
        double cpu = (cpuNanos() - cpuBefore) / (2.0 * ROUNDS);
        System.out.printf(
                "login: median %.1f ms for a known user, %.1f ms for an unknown one, %.1f ms of CPU each%n",
                median(known) / 1e6, median(strange) / 1e6, cpu / 1e6);
        assertThat(ratio).isBetween(0.5, 2.0);
    }

    @Test
    void guessingIsSlowedDownEvenForTheRightPasswordAndOnlyForThatUser() throws Exception {
        add("victim", "\"roles\":[\"agent\"]");
        for (int i = 0; i < 5; i++) {
            assertThat(login("victim", "wrong password").status()).isEqualTo(401);
        }
        Answer slowed = login("victim", PASSWORD);
        assertThat(slowed.status()).isEqualTo(429);
        assertThat(slowed.header("Retry-After")).isNotEmpty();
        assertThat(login("admin", FleetApi.PASSWORD).status()).isEqualTo(200);
    }

    @Test
    void fewerRightsOrANewPasswordEndTheSessionsAtOnce() throws Exception {
        add("demoted", "\"roles\":[\"agent\",\"engineer\"]");
        String token = api.login("demoted", PASSWORD);
        assertThat(api.as(token, "GET", "/api/v1/session", null).status()).isEqualTo(200);
        assertThat(api.send("PATCH", "/api/v1/users/demoted", "{\"roles\":[\"agent\"]}").status())
                .isEqualTo(200);
        assertThat(api.as(token, "GET", "/api/v1/session", null).status()).isEqualTo(401);
        String again = api.login("demoted", PASSWORD);
        api.send("PATCH", "/api/v1/users/demoted", "{\"password\":\"another long one\"}");
        assertThat(api.as(again, "GET", "/api/v1/session", null).status()).isEqualTo(401);
        String third = api.login("demoted", "another long one");
        api.send("PATCH", "/api/v1/users/demoted", "{\"active\":false}");
        assertThat(api.as(third, "GET", "/api/v1/session", null).status()).isEqualTo(401);
        assertThat(login("demoted", "another long one").status()).isEqualTo(401);
    }

    @Test
    void theLastAdminStays() throws Exception {
        assertThat(api.send("DELETE", "/api/v1/users/admin", null).status()).isEqualTo(409);
        assertThat(api.send("PATCH", "/api/v1/users/admin", "{\"roles\":[\"agent\"]}").status())
                .isEqualTo(409);
        assertThat(api.send("PATCH", "/api/v1/users/admin", "{\"active\":false}").status()).isEqualTo(409);
        add("second", "\"roles\":[\"admin\"]");
        assertThat(api.send("DELETE", "/api/v1/users/second", null).status()).isEqualTo(204);
        assertThat(api.send("DELETE", "/api/v1/users/second", null).status()).isEqualTo(404);
    }

    @Test
    void badInputNamesTheField() throws Exception {
        Answer shortPassword = api.send("POST", "/api/v1/users",
                "{\"username\":\"x\",\"password\":\"short\",\"roles\":[\"agent\"]}");
        assertThat(shortPassword.status()).isEqualTo(400);
        assertThat(shortPassword.json().path("errors").path(0).path("field").asText()).isEqualTo("password");
        Answer role = api.send("POST", "/api/v1/users",
                "{\"username\":\"x\",\"password\":\"long enough\",\"roles\":[\"king\"]}");
        assertThat(role.json().path("errors").path(0).path("field").asText()).as(role.text())
                .isEqualTo("roles[0]");
        Answer partner = api.send("POST", "/api/v1/users",
                "{\"username\":\"x\",\"password\":\"long enough\",\"roles\":[\"partner\"]}");
        assertThat(partner.json().path("errors").path(0).path("field").asText()).isEqualTo("outlet");
        add("twice", "\"roles\":[\"agent\"]");
        Answer twice = api.send("POST", "/api/v1/users",
                "{\"username\":\"twice\",\"password\":\"long enough\",\"roles\":[\"agent\"]}");
        assertThat(twice.status()).isEqualTo(409);
    }

    @Test
    void theFirstAdminIsMadeOnceAndTheSettingWinsLater() {
        try (Database database = TestDatabase.create()) {
            Staff staff = new Staff(database);
            String random = staff.bootstrapAdmin(Optional.empty()).orElseThrow();
            assertThat(staff.verify("admin", random)).isPresent();
            assertThat(staff.bootstrapAdmin(Optional.empty())).isEmpty();
            assertThat(staff.bootstrapAdmin(Optional.of("from the settings"))).isEmpty();
            assertThat(staff.verify("admin", random)).isEmpty();
            assertThat(staff.verify("admin", "from the settings")).isPresent();
            String stored = database.jdbi().withHandle(handle -> handle
                    .createQuery("SELECT password_hash FROM fleet.staff").mapTo(String.class).one());
            assertThat(stored).startsWith("$argon2id$").contains("m=19456,t=2,p=1");
        }
    }

    private static long cpuNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    private static long nanos(Staff staff, String name) {
        long begin = System.nanoTime();
        assertThat(staff.verify(name, "wrong password")).isEmpty();
        return System.nanoTime() - begin;
    }

    private static long median(List<Long> values) {
        Collections.sort(values);
        return values.get(values.size() / 2);
    }

    private static void add(String name, String more) throws IOException, InterruptedException {
        Answer made = api.send("POST", "/api/v1/users",
                "{\"username\":\"" + name + "\",\"password\":\"" + PASSWORD + "\"," + more + "}");
        assertThat(made.status()).as(made.text()).isEqualTo(201);
    }

    private static Answer login(String name, String password) throws IOException, InterruptedException {
        return api.api().send("POST", "/api/v1/session",
                "{\"username\":\"" + name + "\",\"password\":\"" + password + "\"}");
    }
}
