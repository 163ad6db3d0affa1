package io.aftercare.server;

import io.aftercare.diagnostics.Diagnostics;
import io.aftercare.fleet.audit.AuditRoutes;
import io.aftercare.fleet.device.Contact;
import io.aftercare.fleet.device.DeviceRoutes;
import io.aftercare.fleet.device.Devices;
import io.aftercare.fleet.device.ProductRoutes;
import io.aftercare.fleet.device.Products;
import io.aftercare.fleet.device.TokenCourier;
import io.aftercare.fleet.http.OpenApiDocument;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.people.SessionRoutes;
import io.aftercare.fleet.people.Sessions;
import io.aftercare.fleet.people.Staff;
import io.aftercare.fleet.people.UserRoutes;
import io.aftercare.fleet.postgres.Database;
import io.aftercare.fleet.provision.Claims;
import io.aftercare.fleet.provision.ProvisionRoutes;
import io.aftercare.fleet.provision.Provisioning;
import io.aftercare.remote.Remote;
import io.aftercare.service.Service;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/// The shared language's own operations, and the document that all modules' parts make up.
///
/// @param courier hands a device its new token
/// @param overlap how long a device's old token is right beside the new one, where nobody says otherwise
record StaffApi(Database database, Devices devices, Staff staff, Sessions sessions, InstantSource clock,
        boolean byHttps, TokenCourier courier, Duration overlap) {
    private static final List<String> PARTS = Stream
            .of(List.of("fleet", "ingest", "diagnostics", "ota", "server"),
                    Remote.DOCUMENTS, Service.DOCUMENTS)
            .flatMap(List::stream).toList();

    static OpenApiDocument document() {
        return OpenApiDocument.of("base", PARTS);
    }

    void bind(Operations operations, Diagnostics diagnostics, Contact contact) {
        new SessionRoutes(database, staff, sessions, clock, byHttps).bind(operations);
        new UserRoutes(staff).bind(operations);
        new AuditRoutes(database).bind(operations);
        Products products = new Products(database);
        new ProductRoutes(products).bind(operations);
        new DeviceRoutes(database, devices, products,
                new DeviceRoutes.Surroundings(diagnostics.faults()::devices, contact, courier, overlap,
                        clock))
                .bind(operations);
        new ProvisionRoutes(database, devices, products, new Provisioning(database, devices, clock),
                new Claims(database, devices, clock)).bind(operations);
    }
}
