package io.aftercare.fleet.http;

import io.aftercare.fleet.audit.AuditRoutes;
import io.aftercare.fleet.device.Contact;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.device.DeviceOverview;
import io.aftercare.fleet.device.DeviceRoutes;
import io.aftercare.fleet.device.DeviceToken;
import io.aftercare.fleet.device.Devices;
import io.aftercare.fleet.device.OverviewFacts;
import io.aftercare.fleet.device.ProductRoutes;
import io.aftercare.fleet.device.Products;
import io.aftercare.fleet.people.SessionRoutes;
import io.aftercare.fleet.people.Sessions;
import io.aftercare.fleet.people.Staff;
import io.aftercare.fleet.people.UserRoutes;
import io.aftercare.fleet.postgres.Database;
import io.aftercare.fleet.postgres.TestDatabase;
import io.aftercare.fleet.provision.Claims;
import io.aftercare.fleet.provision.ProvisionRoutes;
import io.aftercare.fleet.provision.Provisioning;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The fleet's own part of the API on a database of its own, with an admin logged in.
public final class FleetApi implements AutoCloseable {
    public static final String PASSWORD = "correct horse battery";

    private final Database database = TestDatabase.create();
    private final Devices devices = new Devices(database);
    private final Products products = new Products(database);
    private final Clock clock = Clock.systemUTC();
    private final Provisioning provisioning = new Provisioning(database, devices, clock);
    /// The devices that are connected.
    public final Map<DeviceId, Device> connected = new ConcurrentHashMap<>();
    /// Those that have an open fault, of whatever code; those of open cases, and those that sent what could not be read.
    public final List<DeviceId> faulty = new CopyOnWriteArrayList<>();
    public final List<String> cases = new CopyOnWriteArrayList<>();
    public final List<String> quarantined = new CopyOnWriteArrayList<>();
    private final List<String> handed = new CopyOnWriteArrayList<>();
    private final TestApi api;
    private final String token;

    public FleetApi() throws IOException, InterruptedException {
        Staff staff = new Staff(database);
        staff.bootstrapAdmin(Optional.of(PASSWORD));
        Sessions sessions = new Sessions(database, staff, Clock.systemUTC());
        Operations operations = new Operations();
        // For the limits on logins time stands still, so that a slow machine forgives nothing.
        Clock still = Clock.fixed(Clock.systemUTC().instant(), ZoneOffset.UTC);
        new SessionRoutes(database, staff, sessions, still, false).bind(operations);
        new UserRoutes(staff).bind(operations);
        new AuditRoutes(database).bind(operations);
        new ProductRoutes(products).bind(operations);
        DeviceRoutes.Surroundings none = DeviceRoutes.Surroundings.none();
        Contact contact = new Contact() {
            @Override
            public boolean isConnected(DeviceId id) {
                return connected.containsKey(id);
            }

            @Override
            public Stream<Device> connectedDevices() {
                return connected.values().stream();
            }

            @Override
            public Optional<Instant> heard(DeviceId id) {
                return Optional.empty();
            }
        };
        new DeviceRoutes(database, devices, products, new DeviceRoutes.Surroundings(_ -> faulty,
                contact, this::hand, none.overlap(), none.clock())).bind(operations);
        new DeviceOverview(database, new OverviewFacts(contact::connectedDevices, _ -> faulty, () -> cases,
                () -> quarantined)).bind(operations);
        new ProvisionRoutes(database, devices, products, provisioning, new Claims(database, devices, clock))
                .bind(operations);
        api = new TestApi(Vertx.vertx(), List.of("fleet"), operations, sessions, new Idempotency(database));
        token = login("admin", PASSWORD);
    }

    // Only this one is connected.
    private boolean hand(DeviceId device, DeviceToken secret) {
        return device.value().equals("CONNECTED") && handed.add(secret.secret());
    }

    /// The tokens that were handed to `CONNECTED` over its connection.
    public List<String> handed() {
        return handed;
    }

    public String login(String user, String password) throws IOException, InterruptedException {
        String body = Json.text(Json.object().put("username", user).put("password", password));
        return api.send("POST", "/api/v1/session", body).json().path("token").asText();
    }

    /// As the admin.
    public TestApi.Answer send(String method, String path, @Nullable String body,
            String... headers) throws IOException, InterruptedException {
        return as(token, method, path, body, headers);
    }

    public TestApi.Answer as(String bearer, String method, String path,
            @Nullable String body, String... headers)
            throws IOException, InterruptedException {
        String[] all = Arrays.copyOf(headers, headers.length + 2);
        all[headers.length] = "Authorization";
        all[headers.length + 1] = "Bearer " + bearer;
        return api.send(method, path, body, all);
    }

    public TestApi api() {
        return api;
    }

    public Database database() {
        return database;
    }

    public Provisioning provisioning() {
        return provisioning;
    }

    public Devices devices() {
        return devices;
    }

    @Override
    public void close() {
        api.close();
        database.close();
    }
}
