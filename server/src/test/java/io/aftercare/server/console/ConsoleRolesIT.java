package io.aftercare.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Whatever the navigation offers somebody, they may read: no page asks for what their role is refused.
@ConsoleTest
class ConsoleRolesIT {
    private static final String OFFERED = "[...document.querySelectorAll('.nav a.item')].map(link => link.getAttribute('href').slice(2))";

    @TestFactory
    Stream<DynamicTest> nothingIsOfferedThatIsRefused(ConsoleWorld world) throws Exception {
        world.furnish();
        return Stream.concat(ConsoleWorld.ROLES.stream(), Stream.of("admin"))
                .map(role -> DynamicTest.dynamicTest(role,
                        () -> assertThat(refusals(world, role)).isEmpty()));
    }

    private static List<String> refusals(ConsoleWorld world, String role) {
        List<String> refusals = new ArrayList<>();
        try (Desk desk = Desk.vacant(world).signIn(role)) {
            desk.open("queue");
            desk.sees(".nav a.item");
            List<String> offered = new ArrayList<>();
            desk.value(OFFERED).forEach(route -> offered.add(route.asText()));
            assertThat(offered).as(role).hasSizeGreaterThan(2);
            for (String route : offered) {
                desk.open(route);
                desk.settled();
                desk.complaints().taken().forEach(heard -> refusals.add(route + ": " + heard));
                if (desk.at(".main .fail").count() > 0) {
                    refusals.add(route + " shows " + desk.at(".main .fail").first().innerText());
                }
            }
        }
        return refusals;
    }
}
