package io.aftercare.service.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercare.fleet.people.Role;
import io.aftercare.service.TestApi;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Walks what can be done to cases, role by role: who may, who may not, and that it is written down.
class RolesIT {
    private static final Set<Role> WORK = Set.of(Role.AGENT, Role.ENGINEER, Role.COORDINATOR);
    private static final Set<Role> ALL = Set.of(Role.AGENT, Role.ENGINEER, Role.COORDINATOR, Role.QUALITY,
            Role.FIRMWARE, Role.RELEASE_APPROVER, Role.AUDITOR, Role.PARTNER);
    private static final Set<Role> SAY = Set.of(Role.AGENT, Role.ENGINEER, Role.COORDINATOR, Role.QUALITY,
            Role.PARTNER);

    /// @param path   under the case
    /// @param action of the audit entry of the deed, null where nothing is changed
    private record Deed(String method, String path, @Nullable String body, Set<Role> may,
            @Nullable String action) {}

    private static final List<Deed> DEEDS = List.of(
            new Deed("GET", "", null, ALL, null),
            new Deed("GET", "/closure-report", null,
                    Set.of(Role.AGENT, Role.ENGINEER, Role.COORDINATOR, Role.QUALITY, Role.FIRMWARE,
                            Role.AUDITOR, Role.PARTNER),
                    null),
            new Deed("GET", "/attachments", null, ALL, null),
            new Deed("POST", "/comments", "{\"text\":\"x\"}", SAY, "ticket.comment"),
            new Deed("POST", "/match", "{\"device\":\"LP-1\"}", WORK, "ticket.match"),
            new Deed("POST", "/escalate", "{\"reason\":\"x\"}", SAY, "ticket.escalate"),
            new Deed("POST", "/escalation/acknowledge", null, Set.of(Role.COORDINATOR), "ticket.acknowledge"),
            new Deed("POST", "/snooze", "{\"until\":\"2026-11-03T00:00:00Z\"}", WORK, "ticket.snooze"),
            new Deed("POST", "/wake", null, WORK, "ticket.wake"),
            new Deed("POST", "/merge", "{\"into\":\"$MAIN\",\"reason\":\"x\"}", WORK, "ticket.merge"),
            new Deed("POST", "/unmerge", "{\"reason\":\"x\"}", WORK, "ticket.unmerge"),
            new Deed("POST", "/links", "{\"to\":\"$MAIN\",\"kind\":\"related\"}",
                    Set.of(Role.AGENT, Role.ENGINEER, Role.COORDINATOR, Role.QUALITY), "ticket.linked"),
            new Deed("POST", "/presence", "{}", ALL, null),
            new Deed("PUT", "/draft", "{\"text\":\"x\"}", SAY, null),
            new Deed("POST", "/transitions", "{\"to\":\"in-progress\"}", WORK, "ticket.transition"),
            new Deed("DELETE", "/contact", null, Set.of(Role.COORDINATOR), null));

    @Test
    @Tag("R70")
    @Tag("R71")
    void everyDeedIsForItsRolesAloneAndIsWrittenDown() {
        try (TestApi api = new TestApi()) {
            for (Role role : Role.values()) {
                String path = opened(api);
                String main = opened(api).substring("/tickets/".length());
                for (Deed deed : DEEDS) {
                    walk(api, role, deed, path, main);
                }
            }
        }
    }

    private static void walk(TestApi api, Role role, Deed deed, String path, String main) {
        String what = role + " " + deed.method() + " " + deed.path();
        boolean may = role == Role.ADMIN || deed.may().contains(role);
        String body = deed.body() == null ? null : deed.body().replace("$MAIN", main);
        long before = entries(api, deed.action(), path, "walker");
        int status = api.call("walker:" + role.text() + ":north", deed.method(), path + deed.path(), body)
                .status();
        assertThat(status == 403).as(what + " was answered " + status).isEqualTo(!may);
        boolean done = status >= 200 && status < 300;
        if (deed.action() != null) {
            assertThat(entries(api, deed.action(), path, "walker") - before).as(what + " in the audit")
                    .isEqualTo(done ? 1 : 0);
        }
        if (role == Role.COORDINATOR && !deed.path().equals("/closure-report")) {
            assertThat(done).as(what + " works: " + status).isTrue();
        }
    }

    private static long entries(TestApi api, @Nullable String action, String path, String actor) {
        return api.database.jdbi().withHandle(handle -> handle.createQuery(
                "SELECT count(*) FROM fleet.audit WHERE action = :action AND object = :object AND actor = :actor")
                .bind("action", action).bind("object", "ticket/" + path.substring("/tickets/".length()))
                .bind("actor", actor).mapTo(Long.class).one());
    }

    private static String opened(TestApi api) {
        return "/tickets/" + api.post("/tickets",
                "{\"device\":\"LP-1\",\"title\":\"Walk\",\"channel\":\"web\",\"contact\":{\"name\":\"Li\"}}")
                .body().get("id").asText();
    }
}
