package io.aftercare.simulator.house;

import java.util.List;

/// The regions, outlets and people of the house.
final class Town {
    static final String EAST = "CN-East";
    static final String SOUTH = "CN-South";
    static final String EUROPE = "EU-Central";
    static final List<String> REGIONS = List.of(EAST, SOUTH, EUROPE);

    static final List<Outlet> OUTLETS = List.of(
            new Outlet("shanghai-xuhui", "上海徐汇服务店 Shanghai Xuhui service shop", EAST, "wu"),
            new Outlet("shenzhen-nanshan", "深圳南山服务店 Shenzhen Nanshan service shop", SOUTH, "wu"),
            new Outlet("berlin-mitte", "Werkstatt Berlin-Mitte (partner)", EUROPE, "grace"));

    static final List<Person> PEOPLE = List.of(
            new Person("lin", List.of("agent"), "", ""), new Person("maria", List.of("agent"), "", ""),
            new Person("yusuf", List.of("agent"), "", ""),
            new Person("chen", List.of("engineer"), EAST, ""),
            new Person("zhao", List.of("engineer"), SOUTH, ""),
            new Person("ben", List.of("engineer"), EUROPE, ""),
            new Person("ada", List.of("engineer"), "", ""), new Person("raj", List.of("engineer"), "", ""),
            new Person("grace", List.of("coordinator"), "", ""),
            new Person("wu", List.of("coordinator"), "", ""),
            new Person("qian", List.of("quality"), "", ""), new Person("omar", List.of("quality"), "", ""),
            new Person("hana", List.of("firmware"), "", ""),
            new Person("ivan", List.of("release-approver"), "", ""),
            new Person("sofia", List.of("auditor"), "", ""),
            new Person("nina", List.of("partner"), "", "berlin-mitte"),
            new Person("tobias", List.of("engineer"), EUROPE, "berlin-mitte"));

    private Town() {}

    /// A place of service.
    ///
    /// @param manager who hears of what is late there
    record Outlet(String code, String name, String region, String manager) {}

    /// The outlet of a region.
    static Outlet outletOf(String region) {
        return OUTLETS.stream().filter(each -> each.region().equals(region)).findFirst().orElseThrow();
    }
}
