package io.aftercare.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import io.aftercare.fleet.TemporaryFolder;
import io.aftercare.server.process.StaffClient;
import io.aftercare.simulator.house.House;
import io.aftercare.simulator.link.Broker;
import io.aftercare.simulator.staff.StaffApi;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// What all tests of the console in one run share: a backend, somebody of each role, and a browser. A test makes devices and cases
/// of its own in it and leaves those of others alone.
final class ConsoleWorld implements AutoCloseable {
    static final String PASSWORD = "staple battery horse";
    static final List<String> ROLES = List.of("agent", "engineer", "coordinator", "quality",
            "firmware", "release-approver", "auditor", "partner");

    private static final long SEED = 1;

    private final AtomicInteger names = new AtomicInteger();
    private final String run = Long.toString(System.currentTimeMillis() / 1000, 36);
    private final Chromium chromium;
    private final Place place;
    private final StaffClient admin;
    private final TemporaryFolder folder = TemporaryFolder.named("aftercare-house");
    private @Nullable House house;

    private ConsoleWorld(Chromium chromium, Place place, StaffClient admin) {
        this.chromium = chromium;
        this.place = place;
        this.admin = admin;
    }

    /// Another backend that is the caller's alone, to be changed in ways that others would suffer from, or to be killed; and the
    /// same browser.
    ConsoleWorld another() throws IOException, InterruptedException {
        return of(chromium, Place.own());
    }

    /// Hires somebody of each role; ends the backend if that fails.
    static ConsoleWorld of(Chromium chromium, Place place)
            throws IOException, InterruptedException {
        try {
            StaffClient admin = new StaffClient(place.http()).login("admin", place.password());
            for (String role : ROLES) {
                int status = admin.post("/api/v1/users", Map.of("username", name(role), "password", PASSWORD,
                        "roles", List.of(role), "outlet", role.equals("partner") ? "berlin-mitte" : ""))
                        .status();
                assertThat(status).as("made, or there").isIn(201, 409);
            }
            return new ConsoleWorld(chromium, place, admin);
        } catch (IOException | InterruptedException | RuntimeException | AssertionError e) {
            place.close();
            throw e;
        }
    }

    URI http() {
        return place.http();
    }

    int mqttPort() {
        return place.mqttPort();
    }

    Browser browser() {
        return chromium.browser();
    }

    /// The admin, by HTTP.
    StaffClient admin() {
        return admin;
    }

    /// The user name of somebody with this role.
    static String name(String role) {
        return role.equals("admin") ? "admin" : role + "-test";
    }

    String password(String role) {
        return role.equals("admin") ? place.password() : PASSWORD;
    }

    /// Somebody with this role, by HTTP; whoever asks closes it.
    StaffClient staff(String role) throws IOException, InterruptedException {
        return new StaffClient(http()).login(name(role), password(role));
    }

    /// A name that nothing in this backend has yet, such as `DEV-t1x2-3`.
    String fresh(String prefix) {
        return prefix + "-" + run + "-" + names.incrementAndGet();
    }

    /// A registered device of this model, not connected yet. The model is made if need be, without metrics.
    TestDevice device(String model) throws IOException, InterruptedException {
        String id = fresh("DEV");
        return new TestDevice(this, id, admin.register(model, id));
    }

    /// A case about a device, by phone.
    ///
    /// @return its id
    String ticket(String device, String title) throws IOException, InterruptedException {
        return admin.post("/api/v1/tickets", Map.of("device", device, "title", title, "symptom", title,
                "channel", "phone", "contact", Map.of("name", "Li Wei", "email", "li@example.org")))
                .expect(201).path("id").asText();
    }

    /// Brings a rule into force.
    ///
    /// @param name of which its id is made
    /// @param rest the rule in YAML, without its id
    /// @return its id
    String rule(String name, String rest) throws IOException, InterruptedException {
        String id = fresh(name);
        admin.put("/api/v1/rules/" + id, "application/yaml", "id: " + id + "\n" + rest).expect(201);
        return id;
    }

    /// Has the backend full of a small house's devices and work. A backend that ran already is taken as it is.
    void furnish() throws IOException, InterruptedException {
        if (house == null && place.empty()) {
            house = new House(new House.Setup(http().toString(), new Broker("127.0.0.1", mqttPort()),
                    StaffApi.login(http().toString(), "admin", place.password()), PASSWORD,
                    folder.path(), SEED, true), line -> {
                    });
            house.build();
        }
    }

    /// Ends the backend. The browser ends with the run.
    @Override
    public void close() throws IOException {
        try (folder; place; admin) {
            if (house != null) {
                house.close();
            }
        }
    }
}
