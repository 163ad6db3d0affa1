package io.aftercare.service.customer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.audit.Audit;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import io.aftercare.service.DeskGround;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// What is held about a person, told and forgotten. Cases, complaints, surveys and the audit stay whole under the pseudonym.
final class ErasureRoutes {
    private final DeskGround ground;
    private final CustomerReader reader;
    private final Map<String, PersonalHolding> holdings;

    ErasureRoutes(DeskGround ground, CustomerReader reader, Map<String, PersonalHolding> holdings) {
        this.ground = ground;
        this.reader = reader;
        this.holdings = holdings;
    }

    private record Erasure(@Nullable Boolean force, @Nullable String reason) {
        boolean isForced() {
            return Boolean.TRUE.equals(force);
        }
    }

    /// A contact as a case took it down.
    private record Told(String id, @Nullable String name, @Nullable String phone, @Nullable String email,
            Instant at) {}

    void bind(Operations operations) {
        operations.on("exportCustomer", this::export).on("eraseCustomer", this::erase);
    }

    private Response export(Request request) {
        return ground.database().inTransaction(handle -> {
            Customer customer = reader.visible(handle, request);
            List<String> ids = CustomerStore.ids(handle, customer.id());
            ObjectNode all = Json.object();
            all.set("customer", Json.tree(reader.detail(handle, customer, request)));
            all.set("contacts", Json.tree(contacts(handle, customer.id())));
            holdings.forEach((name, holding) -> all.set(name, Json.tree(holding.held(handle, ids))));
            Audit.append(handle, new Audit.Entry(request.principal(), "customer.export",
                    "customer/" + customer.id(), null, request.address()));
            return Response.ok(all).with("Content-Disposition",
                    "attachment; filename=\"" + customer.id() + ".json\"");
        });
    }

    private Response erase(Request request) {
        Erasure asked = request.body().length == 0
                ? new Erasure(false, null)
                : request.body(Erasure.class);
        ground.database().useTransaction(handle -> {
            Customer customer = reader.locked(handle, request);
            if (customer.erasedAt() != null) {
                return;
            }
            String against = against(handle, customer);
            if (asked.isForced() && (asked.reason() == null || asked.reason().isBlank())) {
                throw Problem.invalid("reason", "forcing an erasure needs a reason");
            }
            if (!against.isEmpty() && !asked.isForced()) {
                throw Problem.conflict(against + "; to erase it all the same send force and a reason");
            }
            forget(handle, customer);
            Audit.append(handle, new Audit.Entry(request.principal(), "customer.erase",
                    "customer/" + customer.id(), Json.object().put("force", asked.isForced())
                            .put("reason", asked.reason()).put("against", against),
                    request.address()));
        });
        return Response.noContent();
    }

    private void forget(Handle handle, Customer customer) {
        Instant now = ground.now();
        List<String> ids = CustomerStore.ids(handle, customer.id());
        Customers.contacts(handle, ids)
                .forEach(contact -> Contacts.erase(handle, contact, now));
        ReachIndex.forget(handle, customer.id());
        handle.createUpdate("DELETE FROM service.customer_person WHERE customer = ANY(:ids)")
                .bind("ids", ids.toArray(String[]::new)).execute();
        holdings.values().forEach(holding -> holding.forget(handle, ids));
        CustomerStore.update(handle, new Customer(customer.id(), customer.version(), customer.locale(),
                customer.grade(), null, null, customer.createdAt(), now));
    }

    /// What is against forgetting the person now, empty where nothing is.
    private static String against(Handle handle, Customer customer) {
        if (customer.hold() != null) {
            return "A legal hold is on this file: " + customer.hold();
        }
        List<Long> open = handle.createQuery("""
                SELECT id FROM service.ticket WHERE id = ANY(:ids)
                  AND state NOT IN ('resolved', 'verified', 'closed', 'cancelled') ORDER BY id LIMIT 20""")
                .bind("ids", CustomerStore.tickets(handle, customer.id()).toArray(Long[]::new))
                .mapTo(Long.class).list();
        return open.isEmpty()
                ? ""
                : "The customer has open cases: " + open.stream().map(String::valueOf)
                        .collect(Collectors.joining(", "));
    }

    private static List<Told> contacts(Handle handle, String customer) {
        return handle.createQuery("""
                SELECT c.id, c.name, c.phone, c.email, c.created_at FROM service.contact c
                JOIN service.customer_contact told ON told.contact = c.id
                WHERE told.customer = :customer ORDER BY c.created_at LIMIT 1000""")
                .bind("customer", customer)
                .map((row, _) -> new Told(row.getString(1), row.getString(2), row.getString(3),
                        row.getString(4), row.getTimestamp(5).toInstant()))
                .list();
    }
}
