package io.aftercare.server;

import io.aftercare.diagnostics.Diagnostics;
import io.aftercare.fleet.audit.AuditRoutes;
import io.aftercare.fleet.device.Contact;
import io.aftercare.fleet.device.DeviceRoutes;
import io.aftercare.fleet.device.Devices;
import io.aftercare.fleet.device.ProductRoutes;
import io.aftercare.fleet.device.Products;
import io.aftercare.fleet.http.OpenApiDocument;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.people.SessionRoutes;
import io.aftercare.fleet.people.Sessions;
import io.aftercare.fleet.people.Staff;
import io.aftercare.fleet.people.UserRoutes;
import io.aftercare.fleet.postgres.Database;
import java.time.InstantSource;
import java.util.List;

/// The shared language's own operations, and the document that all modules' parts make up.
record StaffApi(Database database, Devices devices, Staff staff, Sessions sessions, InstantSource clock,
        boolean byHttps) {
    private static final List<String> PARTS = List.of("fleet", "ingest", "diagnostics", "service", "ota",
            "server");

    static OpenApiDocument document() {
        return OpenApiDocument.of("base", PARTS);
    }

    void bind(Operations operations, Diagnostics diagnostics, Contact contact) {
        new SessionRoutes(database, staff, sessions, clock, byHttps).bind(operations);
        new UserRoutes(staff).bind(operations);
        new AuditRoutes(database).bind(operations);
        Products products = new Products(database);
        new ProductRoutes(products).bind(operations);
        new DeviceRoutes(database, devices, products, diagnostics.faults()::devices, contact)
                .bind(operations);
    }
}
