package io.aftercare.service.customer;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.audit.Audit;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Page;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import io.aftercare.fleet.people.Role;
import io.aftercare.service.DeskGround;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Customers' files by HTTP (`openapi/service/customer.yaml`). Each write is one transaction with its audit entry, which
/// never names the person.
final class CustomerRoutes {
    private final DeskGround ground;
    private final CustomerReader reader;

    CustomerRoutes(DeskGround ground, CustomerReader reader) {
        this.ground = ground;
        this.reader = reader;
    }

    private record NewFile(@Nullable String name, @Nullable String phone, @Nullable String email,
            @Nullable String address, @Nullable String locale, @Nullable String grade,
            @Nullable String channel) {
        Person person() {
            return new Person(name, phone, email, address);
        }
    }

    private record Wanted(@Nullable String phone, @Nullable String email) {}

    private record Answer(String purpose, boolean given, String source) {}

    private record Other(String other) {}

    /// Two files that may be one person.
    private record Doubt(String customer, String other, Instant at) {}

    void bind(Operations operations) {
        operations.on("addCustomer", this::add).on("listCustomers", this::list)
                .on("searchCustomers", this::search).on("getCustomer", this::get)
                .on("editCustomer", this::edit).on("addCustomerConsent", this::consent)
                .on("listCustomerDoubts", this::doubts).on("mergeCustomers", this::merge);
    }

    private Response add(Request request) {
        NewFile asked = request.body(NewFile.class);
        return ground.database().inTransaction(handle -> {
            Instant now = ground.now();
            List<Reach> reaches = Reach.of(asked.person());
            ReachIndex.lock(handle, reaches);
            requireNobodyElses(handle, reaches, "");
            Customer customer = Customers.add(handle, new Customer(Customers.newId(), 1,
                    asked.locale(),
                    Objects.requireNonNullElse(asked.grade(), Customer.STANDARD), asked.channel(), null, now,
                    null), asked.person());
            Customers.isNewReading(handle, customer.id(), request.principal().name(), now);
            audit(handle, request, "customer.add", customer, Json.object().put("grade", customer.grade()));
            return Response.created("/api/v1/customers/" + customer.id(),
                    reader.detail(handle, customer, request)).withVersion(1);
        });
    }

    private Response list(Request request) {
        boolean all = !request.principal().has(Role.PARTNER);
        List<Customer> rows = ground.database().jdbi()
                .withHandle(handle -> handle
                        .createQuery(
                                """
                                        SELECT c.* FROM service.customer c
                                        WHERE c.merged_into IS NULL AND c.id > :after AND (:grade = '' OR c.grade = :grade)
                                          AND (:all OR EXISTS (
                                            SELECT FROM service.ticket t
                                            LEFT JOIN service.customer_ticket given ON given.ticket = t.id
                                            LEFT JOIN service.customer_contact told ON told.contact = t.contact
                                            JOIN fleet.device d ON d.id = t.device
                                            WHERE coalesce(given.customer, told.customer) = c.id AND d.outlet = :outlet AND :outlet <> ''))
                                        ORDER BY c.id LIMIT :limit""")
                        .bind("after", Objects.requireNonNullElse(request.cursor(), ""))
                        .bind("grade", request.query("grade").orElse("")).bind("all", all)
                        .bind("outlet", request.principal().outlet()).bind("limit", request.limit() + 1)
                        .map((row, _) -> CustomerStore.customer(row)).list());
        return Response.ok(Page.of(rows, request.limit(), Customer::id));
    }

    private Response search(Request request) {
        Wanted wanted = request.body(Wanted.class);
        List<Reach> reaches = Reach.of(new Person(null, wanted.phone(), wanted.email(), null));
        if (reaches.isEmpty()) {
            throw Problem
                    .badRequest("Say the whole phone number (five digits or more) or the e-mail address");
        }
        return ground.database().inTransaction(handle -> {
            List<Customer> found = reaches.stream().flatMap(reach -> ReachIndex.find(handle, reach).stream())
                    .distinct().flatMap(id -> CustomerStore.find(handle, id).stream()).toList();
            Audit.append(handle, new Audit.Entry(request.principal(), "customer.search", "customers",
                    Json.object().put("found", found.size()), request.address()));
            return Response.ok(new Page<>(found, null));
        });
    }

    private Response get(Request request) {
        return ground.database().inTransaction(handle -> {
            Customer customer = reader.visible(handle, request);
            return Response.versioned(reader.detail(handle, customer, request), customer.version());
        });
    }

    private Response edit(Request request) {
        int version = request.ifMatch();
        JsonNode body = request.json();
        return ground.database().inTransaction(handle -> {
            Customer before = reader.locked(handle, request);
            requireVersion(before, version);
            requirePerson(before);
            Customer after = new Customer(before.id(), before.version() + 1,
                    given(body, "locale", before.locale()),
                    text(body, "grade", before.grade()), given(body, "channel", before.channel()),
                    given(body, "hold", before.hold()), before.createdAt(), null);
            if (!Objects.equals(before.hold(), after.hold()) && !request.principal().has(Role.COORDINATOR)
                    && !request.principal().has(Role.ADMIN)) {
                throw Problem.forbidden("Only a coordinator sets or lifts a legal hold");
            }
            CustomerStore.update(handle, after);
            rewrite(handle, after.id(), body);
            audit(handle, request, "customer.edit", after, Json.object().put("grade", after.grade())
                    .put("locale", after.locale()).put("hold", after.hold()));
            return Response.versioned(reader.detail(handle, after, request), after.version());
        });
    }

    private static void rewrite(Handle handle, String id, JsonNode body) {
        Person before = CustomerStore.person(handle, id).orElse(new Person(null, null, null, null));
        Person person = new Person(given(body, "name", before.name()), given(body, "phone", before.phone()),
                given(body, "email", before.email()), given(body, "address", before.address()));
        if (person.equals(before)) {
            return;
        }
        List<Reach> reaches = Reach.of(person);
        ReachIndex.lock(handle, reaches);
        requireNobodyElses(handle, reaches, id);
        CustomerStore.putPerson(handle, id, person);
        ReachIndex.forget(handle, id);
        reaches.forEach(reach -> ReachIndex.add(handle, reach, id));
    }

    private Response consent(Request request) {
        Answer asked = request.body(Answer.class);
        return ground.database().inTransaction(handle -> {
            Customer customer = reader.locked(handle, request);
            requirePerson(customer);
            Consents.add(handle, customer.id(), new Consents.Consent(asked.purpose(), asked.given(),
                    asked.source(), request.principal().name(), ground.now()));
            audit(handle, request, "customer.consent", customer, Json.object().put("purpose", asked.purpose())
                    .put("given", asked.given()).put("source", asked.source()));
            return new Response(201, new Page<>(Consents.of(handle, customer.id()), null), Map.of());
        });
    }

    private Response doubts(Request request) {
        List<Doubt> found = ground.database().jdbi().withHandle(handle -> handle.createQuery("""
                SELECT x.customer, x.other, x.at FROM service.customer_doubt x
                JOIN service.customer a ON a.id = x.customer AND a.merged_into IS NULL AND a.erased_at IS NULL
                JOIN service.customer b ON b.id = x.other AND b.merged_into IS NULL AND b.erased_at IS NULL
                ORDER BY x.at DESC, x.customer LIMIT :limit""").bind("limit", request.limit())
                .map((row, _) -> new Doubt(row.getString(1), row.getString(2),
                        row.getTimestamp(3).toInstant()))
                .list());
        return Response.ok(new Page<>(found, null));
    }

    private Response merge(Request request) {
        String other = request.body(Other.class).other();
        int version = request.ifMatch();
        return ground.database().inTransaction(handle -> {
            String id = reader.visible(handle, request).id();
            // both locked in one order, so that two merges of the same pair never wait for each other
            Optional<Customer> first = CustomerStore.lock(handle, id.compareTo(other) < 0 ? id : other);
            Optional<Customer> second = CustomerStore.lock(handle, id.compareTo(other) < 0 ? other : id);
            if (first.isEmpty() || second.isEmpty()) {
                throw Problem.invalid("other", "there is no customer " + other);
            }
            Customer main = first.get().id().equals(id) ? first.get() : second.get();
            Customer merged = first.get().id().equals(id) ? second.get() : first.get();
            requireVersion(main, version);
            if (main.id().equals(merged.id())) {
                throw Problem.conflict(other + " is this customer already");
            }
            requirePerson(main);
            requirePerson(merged);
            CustomerMerge.into(handle, main, merged);
            audit(handle, request, "customer.merge", main, Json.object().put("other", merged.id()));
            Customer after = CustomerStore.find(handle, main.id()).orElseThrow();
            return Response.versioned(reader.detail(handle, after, request), after.version());
        });
    }

    private static void requireNobodyElses(Handle handle, List<Reach> reaches, String mine) {
        for (Reach reach : reaches) {
            ReachIndex.find(handle, reach).filter(owner -> !owner.equals(mine)).ifPresent(owner -> {
                throw Problem.conflict("The customer " + owner + " has this "
                        + (reach.text().startsWith("phone") ? "phone number" : "e-mail address")
                        + "; use that file, or merge the two");
            });
        }
    }

    private static void requireVersion(Customer customer, int version) {
        if (customer.version() != version) {
            throw Problem.staleVersion("customer", customer.id(), customer.version());
        }
    }

    private static void requirePerson(Customer customer) {
        if (customer.erasedAt() != null) {
            throw Problem.conflict("The person behind " + customer.id() + " was forgotten for good");
        }
    }

    private static String text(JsonNode body, String field, String before) {
        return body.hasNonNull(field) ? body.get(field).asText() : before;
    }

    /// A merge patch: absent stays, null clears.
    private static @Nullable String given(JsonNode body, String field, @Nullable String before) {
        JsonNode value = body.get(field);
        if (value == null) {
            return before;
        }
        return value.isNull() || value.asText().isBlank() ? null : value.asText().strip();
    }

    private static void audit(Handle handle, Request request, String action, Customer customer,
            JsonNode detail) {
        Audit.append(handle, new Audit.Entry(request.principal(), action, "customer/" + customer.id(), detail,
                request.address()));
    }
}
