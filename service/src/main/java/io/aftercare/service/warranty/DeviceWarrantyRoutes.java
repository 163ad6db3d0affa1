package io.aftercare.service.warranty;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.audit.Audit;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.device.Devices;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Page;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import io.aftercare.fleet.people.Principal;
import io.aftercare.fleet.postgres.Database;
import io.aftercare.service.DeskGround;
import io.aftercare.service.ticket.Cases;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// A device's warranty, findings and parts by HTTP. A partner reaches those of its outlet alone.
final class DeviceWarrantyRoutes {
    private final DeskGround ground;
    private final Database database;
    private final Devices devices;
    private final Cases cases;

    DeviceWarrantyRoutes(DeskGround ground, Cases cases) {
        this.ground = ground;
        this.database = ground.database();
        this.devices = ground.devices();
        this.cases = cases;
    }

    record RegisterBody(@Nullable LocalDate purchased, @Nullable String proof, @Nullable LocalDate activated,
            @Nullable LocalDate produced) {}

    record VoidBody(String exclusion, String evidence, @Nullable List<String> files,
            @Nullable String component,
            @Nullable String ticket, @Nullable Instant since) {}

    record WithdrawBody(String reason) {}

    record FitBody(String serial, String part, @Nullable Instant fittedAt, @Nullable String ticket) {}

    record MoveBody(String to) {}

    void bind(Operations operations) {
        operations.on("getDeviceEntitlement", this::entitlement).on("getDeviceWarranty", this::get)
                .on("saveDeviceWarranty", this::save).on("voidDeviceWarranty", this::find)
                .on("withdrawWarrantyFinding", this::withdraw).on("listDeviceComponents", this::components)
                .on("fitDeviceComponent", this::fit).on("moveDeviceComponent", this::move);
    }

    private Response entitlement(Request request) {
        DeviceId device = visible(request);
        String component = request.query("component").orElse(null);
        Instant at = request.query("at").map(DeviceWarrantyRoutes::instant).orElseGet(ground::now);
        return Response
                .ok(database.inTransaction(handle -> Entitlements.of(handle, device, component, at))
                        .orElseThrow(() -> Problem.notFound("component", String.valueOf(component))));
    }

    private Response get(Request request) {
        DeviceId device = visible(request);
        return database.inTransaction(handle -> shown(handle, device));
    }

    private Response save(Request request) {
        DeviceId device = visible(request);
        RegisterBody body = request.body(RegisterBody.class);
        return database.inTransaction(handle -> {
            Register after = Register.save(handle, device, body.purchased(), body.proof(), body.activated(),
                    body.produced(), request.ifMatchGiven());
            Response response = shown(handle, device);
            audit(handle, request, "warranty.register", "device/" + device, Json.tree(after));
            return response;
        });
    }

    private Response find(Request request) {
        DeviceId device = visible(request);
        VoidBody body = request.body(VoidBody.class);
        Exclusion exclusion = Exclusion.parse(body.exclusion())
                .orElseThrow(() -> Problem.invalid("exclusion", "there is no exclusion " + body.exclusion()));
        return database.inTransaction(handle -> {
            if (body.component() != null
                    && ComponentStore.bySerial(handle, device, body.component()).isEmpty()) {
                throw Problem.invalid("component",
                        "the device has no part with the serial " + body.component());
            }
            Long ticket = ticket(handle, request.principal(), device, body.ticket());
            Instant since = Objects.requireNonNullElseGet(body.since(), ground::now);
            FindingRow row = FindingRow.insert(handle, device, exclusion, body.component(), ticket,
                    body.evidence().strip(), Objects.requireNonNullElse(body.files(), List.of()),
                    request.principal().name(), since);
            audit(handle, request, "warranty.void", "device/" + device, Json.tree(row));
            return Response.created("/api/v1/devices/" + device + "/warranty", row)
                    .withVersion(row.version());
        });
    }

    private Response withdraw(Request request) {
        DeviceId device = visible(request);
        long id = number(request.path("finding"));
        String reason = request.body(WithdrawBody.class).reason().strip();
        return database.inTransaction(handle -> {
            FindingRow before = FindingRow.lock(handle, device, id)
                    .orElseThrow(() -> Problem.notFound("finding", request.path("finding")));
            request.ifMatchGiven().filter(version -> version != before.version()).ifPresent(_ -> {
                throw Problem.staleVersion("finding", request.path("finding"), before.version());
            });
            if (before.withdrawnAt() != null) {
                throw Problem.conflict("The finding was withdrawn already, by " + before.withdrawnBy());
            }
            FindingRow after = FindingRow.withdraw(handle, id, request.principal().name(), reason,
                    ground.now());
            audit(handle, request, "warranty.withdraw-finding", "device/" + device, Json.tree(after));
            return Response.versioned(after, after.version());
        });
    }

    private Response components(Request request) {
        DeviceId device = visible(request);
        return Response.ok(
                new Page<>(database.jdbi().withHandle(handle -> ComponentStore.of(handle, device)), null));
    }

    private Response fit(Request request) {
        DeviceId device = visible(request);
        FitBody body = request.body(FitBody.class);
        ComponentClass kind = ComponentClass.parse(request.json().path("class").asText())
                .orElseThrow(() -> Problem.invalid("class", "there is no such kind of part"));
        return database.inTransaction(handle -> {
            Long ticket = ticket(handle, request.principal(), device, body.ticket());
            Instant at = Objects.requireNonNullElseGet(body.fittedAt(), ground::now);
            Component fitted = ComponentStore
                    .fit(handle, device, body.serial(), body.part(), kind, at, ticket, ticket != null)
                    .orElseThrow(() -> Problem.conflict("The part " + body.part() + " with the serial "
                            + body.serial() + " is fitted in a device already; take it out there first"));
            audit(handle, request, "component.fit", "device/" + device, Json.tree(fitted));
            return Response.created("/api/v1/devices/" + device + "/components", fitted)
                    .withVersion(fitted.version());
        });
    }

    private Response move(Request request) {
        DeviceId device = visible(request);
        Component.State to = Component.State.parse(request.body(MoveBody.class).to())
                .orElseThrow(() -> Problem.invalid("to", "removed or scrapped is needed"));
        return database.inTransaction(handle -> {
            Component before = ComponentStore.lock(handle, device, number(request.path("component")))
                    .orElseThrow(() -> Problem.notFound("component", request.path("component")));
            request.ifMatchGiven().filter(version -> version != before.version()).ifPresent(_ -> {
                throw Problem.staleVersion("component", before.serial(), before.version());
            });
            if (!before.state().next().contains(to)) {
                throw Problem.conflict("A part that is " + before.state().text() + " cannot become "
                        + to.text());
            }
            Component after = ComponentStore.move(handle, before, to, ground.now());
            audit(handle, request, "component." + to.text(), "device/" + device, Json.tree(after));
            return Response.versioned(after, after.version());
        });
    }

    private Response shown(Handle handle, DeviceId device) {
        Register register = Register.of(handle, device);
        Entitlement entitlement = Entitlements.of(handle, device, null, ground.now())
                .orElseThrow(() -> Problem.notFound("device", device.value()));
        return Response.versioned(
                new WarrantyView(device, register, entitlement, FindingRow.of(handle, device)),
                register.version());
    }

    record WarrantyView(DeviceId device, Register register, Entitlement entitlement,
            List<FindingRow> findings) {}

    private @Nullable Long ticket(Handle handle, Principal principal, DeviceId device,
            @Nullable String name) {
        if (name == null) {
            return null;
        }
        var ticket = cases.visible(handle, principal, name);
        if (!device.equals(ticket.report().device())) {
            throw Problem.invalid("ticket", ticket.number() + " is about the device "
                    + ticket.report().serial());
        }
        return ticket.id();
    }

    private DeviceId visible(Request request) {
        String id = request.path("id");
        Optional<Device> device = DeviceId.isSerial(id) ? devices.read(new DeviceId(id)) : Optional.empty();
        return device.filter(found -> request.principal().seesOutlet(found.outlet())).map(Device::id)
                .orElseThrow(() -> Problem.notFound("device", id));
    }

    private static void audit(Handle handle, Request request, String action, String object,
            JsonNode detail) {
        Audit.append(handle, new Audit.Entry(request.principal(), action, object, detail, request.address()));
    }

    private static Instant instant(String text) {
        try {
            return Request.fourDigitYear("at", Instant.parse(text));
        } catch (DateTimeException e) {
            throw Problem.invalid("at", "a time such as 2026-11-01T00:00:00Z is needed");
        }
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw Problem.badRequest("a number is needed, not " + text);
        }
    }
}
