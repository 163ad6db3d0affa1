package io.aftercare.service.customer;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.aftercare.fleet.audit.Audit;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.people.Principal;
import io.aftercare.fleet.people.Role;
import io.aftercare.service.DeskGround;
import io.aftercare.fleet.postgres.Columns;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Reads customers' files for somebody: partners those with a case at their outlet alone, and the person only those who
/// speak with customers, each look audited.
final class CustomerReader {
    private final DeskGround ground;
    private final Map<String, CustomerPanel> panels;

    CustomerReader(DeskGround ground, Map<String, CustomerPanel> panels) {
        this.ground = ground;
        this.panels = panels;
    }

    /// A customer's page.
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Detail(@JsonUnwrapped Customer customer, @Nullable Person person,
            List<Consents.Consent> consents, List<String> devices, List<Case> cases,
            @JsonAnyGetter Map<String, List<?>> panels) {}

    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Case(String id, @Nullable String device, String title, String state, Instant openedAt,
            @Nullable Instant resolvedAt) {}

    /// The file that the path's `{id}` names; a 404 where there is none for this reader.
    Customer visible(Handle handle, Request request) {
        String id = request.path("id");
        return CustomerStore.find(handle, id).filter(found -> sees(handle, found, request.principal()))
                .orElseThrow(() -> Problem.notFound("customer", id));
    }

    /// As [#visible], and nobody else changes it before the end of the transaction.
    Customer locked(Handle handle, Request request) {
        return CustomerStore.lock(handle, visible(handle, request).id()).orElseThrow();
    }

    // Read at the end of the transaction, because the audit's lock is held from here to the commit.
    Detail detail(Handle handle, Customer customer, Request request) {
        List<String> ids = CustomerStore.ids(handle, customer.id());
        Map<String, List<?>> shown = new LinkedHashMap<>();
        // What other rooms know of a customer is of all outlets; a partner finds its own on the pages of its cases.
        boolean all = !request.principal().has(Role.PARTNER);
        panels.forEach((name, panel) -> shown.put(name,
                all ? panel.of(handle, ids, request.principal()) : List.of()));
        return new Detail(customer, person(handle, customer, request), Consents.of(handle, customer.id()),
                devices(handle, customer, ids, request.principal()),
                cases(handle, customer, request.principal()), shown);
    }

    private @Nullable Person person(Handle handle, Customer customer, Request request) {
        if (!mayReadPerson(request.principal())) {
            return null;
        }
        Person person = CustomerStore.person(handle, customer.id()).orElse(null);
        if (person != null
                && Customers.isNewReading(handle, customer.id(), request.principal().name(), ground.now())) {
            Audit.append(handle, new Audit.Entry(request.principal(), "customer.read",
                    "customer/" + customer.id(), null, request.address()));
        }
        return person;
    }

    private static List<Case> cases(Handle handle, Customer customer, Principal reader) {
        return handle.createQuery("""
                SELECT t.id, t.device, t.title, t.state, t.opened_at, t.resolved_at FROM service.ticket t
                LEFT JOIN fleet.device d ON d.id = t.device
                WHERE t.id = ANY(:ids) AND (:all OR d.outlet = :outlet AND :outlet <> '')
                ORDER BY t.id DESC LIMIT 100""")
                .bind("ids", CustomerStore.tickets(handle, customer.id()).toArray(Long[]::new))
                .bind("all", !reader.has(Role.PARTNER)).bind("outlet", reader.outlet())
                .map((row, _) -> new Case(String.valueOf(row.getLong(1)), row.getString(2), row.getString(3),
                        row.getString(4), Columns.time(row, "opened_at"),
                        Columns.instant(row, "resolved_at")))
                .list();
    }

    private static List<String> devices(Handle handle, Customer customer, List<String> ids,
            Principal reader) {
        return handle.createQuery("""
                SELECT d.id FROM fleet.device d
                WHERE (d.customer = ANY(:customers)
                       OR d.id IN (SELECT device FROM service.ticket WHERE id = ANY(:tickets)))
                  AND (:all OR d.outlet = :outlet AND :outlet <> '')
                ORDER BY d.id LIMIT 1000""").bind("customers", ids.toArray(String[]::new))
                .bind("tickets", CustomerStore.tickets(handle, customer.id()).toArray(Long[]::new))
                .bind("all", !reader.has(Role.PARTNER)).bind("outlet", reader.outlet()).mapTo(String.class)
                .list();
    }

    private static boolean sees(Handle handle, Customer customer, Principal reader) {
        return !reader.has(Role.PARTNER) || handle.createQuery("""
                SELECT EXISTS (SELECT FROM service.ticket t JOIN fleet.device d ON d.id = t.device
                    WHERE t.id = ANY(:ids) AND d.outlet = :outlet AND d.outlet <> '')""")
                .bind("ids", CustomerStore.tickets(handle, customer.id()).toArray(Long[]::new))
                .bind("outlet", reader.outlet()).mapTo(Boolean.class).one();
    }

    /// Those who speak with customers; who judges quality needs no names.
    private static boolean mayReadPerson(Principal principal) {
        return principal.has(Role.ADMIN) || principal.has(Role.AGENT) || principal.has(Role.ENGINEER)
                || principal.has(Role.COORDINATOR) || principal.has(Role.PARTNER);
    }
}
