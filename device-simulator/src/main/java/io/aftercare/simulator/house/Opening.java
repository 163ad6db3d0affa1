package io.aftercare.simulator.house;

import io.aftercare.simulator.house.Town.Outlet;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Opens the house: people, places, hours, promises.
final class Opening {
    private final Desk desk;
    private final String password;

    Opening(Desk desk, String password) {
        this.desk = desk;
        this.password = password;
    }

    void open() throws IOException, InterruptedException {
        for (Person each : Town.PEOPLE) {
            desk.post(Desk.ADMIN, "/users", "username", each.name(), "password", password, "roles",
                    each.roles(), "region", each.region().isEmpty() ? null : each.region(), "outlet",
                    each.outlet().isEmpty() ? null : each.outlet());
        }
        places();
        hours();
        promises();
    }

    private void places() throws IOException, InterruptedException {
        desk.put("grace", "/org-units/hq",
                Doc.of("kind", "headquarters", "name", "总部 Headquarters", "manager", Desk.ADMIN));
        for (String region : Town.REGIONS) {
            desk.put("grace", "/org-units/" + key(region), Doc.of("kind", "region", "name", region, "parent",
                    "hq", "covers", region, "manager", region.equals(Town.EUROPE) ? "grace" : "wu"));
        }
        for (Outlet each : Town.OUTLETS) {
            desk.put("grace", "/org-units/" + each.code(), Doc.of("kind", "outlet", "name", each.name(),
                    "parent", key(each.region()), "covers", each.code(), "manager", each.manager()));
        }
    }

    private static String key(String region) {
        return region.toLowerCase(Locale.ROOT);
    }

    private void hours() throws IOException, InterruptedException {
        desk.put("wu", "/calendars/east", Doc.of("name", "华东与华南 East and south", "zone", "Asia/Shanghai",
                "holidays", "cn", "week", Doc.weekdays("09:00-12:00", "13:00-18:00")));
        desk.put("grace", "/calendars/berlin", Doc.of("name", "Berlin", "zone", "Europe/Berlin", "holidays",
                "de-be", "week", Doc.weekdays("08:30-17:30")));
    }

    /// Shorter promises for those who paid for them, and for what is urgent. Minutes to look at what telemetry calls urgent are
    /// few, and so some of these are late.
    private void promises() throws IOException, InterruptedException {
        Map<String, Object> all = Map.of("first-response", target("PT8H"), "contact",
                Map.of("workingDays", 1),
                "handling", target("PT24H"), "assessment", target("PT48H"), "on-site", target("PT48H"),
                "inspection", Map.of("workingDays", 3), "resolution", target("PT48H"));
        desk.put("grace", "/sla-policies/grades", Doc.of("name", "按客户等级 By customer grade", "calendars",
                Map.of("*", "weekdays", Town.EAST, "east", Town.SOUTH, "east", Town.EUROPE, "berlin"),
                "rules", List.of(
                        Map.of("when", Map.of("priority", List.of("P1")), "clocks",
                                Map.of("first-response", target("PT1M"), "resolution", target("PT8H"))),
                        Map.of("when", Map.of("priority", List.of("P2"), "origin", List.of("proactive")),
                                "clocks", Map.of("first-response", target("PT3M"))),
                        Map.of("when", Map.of("grade", List.of("vip")), "clocks",
                                Map.of("first-response", target("PT30M"), "resolution", target("PT12H"))),
                        Map.of("when", Map.of("grade", List.of("gold")), "clocks",
                                Map.of("first-response", target("PT2H"), "resolution", target("PT24H"))),
                        Map.of("clocks", all)),
                "escalation", List.of(Map.of("percent", 75, "to", "owner"),
                        Map.of("percent", 100, "to", "region-manager"),
                        Map.of("percent", 150, "to", "admin"))));
        desk.post("grace", "/sla-policies/grades/enforce");
    }

    private static Map<String, String> target(String span) {
        return Map.of("target", span);
    }
}
