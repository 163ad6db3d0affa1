package io.aftercare.fleet.device;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Page;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import io.aftercare.fleet.postgres.Database;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Devices as the staff handle them. A partner sees those of its outlet alone; the others are not there for it.
public final class DeviceRoutes {
    private final Devices devices;
    private final DeviceRegistry registry;
    private final DeviceList list;
    private final DeviceImport imports;
    private final Products products;
    private final Surroundings around;

    private record Registration(DeviceId id, String model, @Nullable String hardware,
            @Nullable String customer,
            @Nullable LocalDate purchased, @Nullable String region, @Nullable String outlet,
            @Nullable JsonNode tags, @Nullable String gateway) {
        NewDevice withToken(DeviceToken token) {
            return new NewDevice(id, model, or(hardware), or(customer), purchased, or(region), or(outlet),
                    Tags.of(tags), or(gateway), token);
        }

        private static String or(@Nullable String text) {
            return text == null ? "" : text;
        }
    }

    /// What the devices' operations need of the rest.
    ///
    /// @param faulty    which devices have an open fault, for the filter
    /// @param contact which devices have a connection now, and when each was heard of
    /// @param courier   hands a device its new token over its connection
    /// @param overlap   how long an old token is right beside the new one, where nobody says otherwise
    public record Surroundings(FaultyDevices faulty, Contact contact, TokenCourier courier,
            Duration overlap, InstantSource clock) {
        /// Without a way to the devices.
        public static Surroundings none() {
            return new Surroundings(_ -> Set.of(), Contact.none(), (_, _) -> false, Duration.ZERO,
                    InstantSource.system());
        }
    }

    public DeviceRoutes(Database database, Devices devices, Products products, Surroundings around) {
        this.devices = devices;
        this.around = around;
        this.registry = new DeviceRegistry(database, devices, around.clock());
        this.list = new DeviceList(database, around.faulty(), around.contact());
        this.imports = new DeviceImport(registry, products);
        this.products = products;
    }

    public void bind(Operations operations) {
        operations.on("addDevice", this::add).on("listDevices", this::page).on("getDevice", this::get)
                .on("changeDevice", this::change).on("removeDevice", this::remove)
                .on("rotateCredentials", this::rotate).onBody("importDevices", imports::run);
    }

    private Response add(Request request) {
        Registration wanted = request.body(Registration.class);
        if (products.find(wanted.model()).isEmpty()) {
            throw Problem.invalid("model", "there is no product " + wanted.model()
                    + "; add it first at POST /api/v1/products");
        }
        DeviceToken token = DeviceToken.random();
        Device device = registry.register(request.principal(), wanted.withToken(token));
        ObjectNode body = Json.mapper().valueToTree(view(device));
        body.put("token", token.secret());
        return Response.created("/api/v1/devices/" + device.id(), body).withVersion(device.version());
    }

    private Response page(Request request) {
        Page<Device> page = list.page(request);
        Set<DeviceId> faulty = Set.copyOf(around.faulty().having("any"));
        return Response.ok(new Page<>(page.items().stream()
                .map(device -> view(device).listed(faulty.contains(device.id()))).toList(), page.next()));
    }

    private Response get(Request request) {
        Device device = visible(request);
        return Response.versioned(view(device), device.version());
    }

    private Response change(Request request) {
        if (!(request.json() instanceof ObjectNode fields)) {
            throw Problem.badRequest("The body is not a JSON object");
        }
        fields.retain(DeviceChange.NAMES);
        Device after = registry.change(request.principal(), visible(request), new DeviceChange(fields),
                request.ifMatch());
        return Response.versioned(view(after), after.version());
    }

    private Response remove(Request request) {
        registry.remove(request.principal(), visible(request));
        return Response.noContent();
    }

    private Response rotate(Request request) {
        DeviceId id = visible(request).id();
        Rotation wanted = request.body().length == 0 ? Rotation.USUAL : request.body(Rotation.class);
        Duration overlap = wanted.overlap(around.overlap());
        DeviceToken token = registry.rotate(request.principal(), id, overlap);
        boolean delivered = wanted.isDelivered() && around.courier().hand(id, token);
        return Response.created("/api/v1/devices/" + id, Json.object().put("id", id.value())
                .put("token", token.secret()).put("overlap", overlap.toString()).put("delivered", delivered));
    }

    private Device visible(Request request) {
        String id = request.path("id");
        Optional<Device> device = DeviceId.isSerial(id) ? devices.read(new DeviceId(id)) : Optional.empty();
        return device.filter(found -> request.principal().seesOutlet(found.outlet()))
                .orElseThrow(() -> Problem.notFound("device", id));
    }

    private DeviceView view(Device device) {
        return DeviceView.of(device, around.contact().isConnected(device.id()),
                around.contact().heard(device.id()));
    }
}
