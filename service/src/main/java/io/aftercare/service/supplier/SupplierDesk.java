package io.aftercare.service.supplier;

import io.aftercare.fleet.audit.Audit;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Page;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import io.aftercare.service.DeskGround;
import io.aftercare.service.Room;
import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Suppliers by HTTP (`openapi/service/supplier.yaml`). Thread-safe.
public final class SupplierDesk implements Room {
    private final DeskGround ground;

    public SupplierDesk(DeskGround ground) {
        this.ground = ground;
    }

    record Card(@Nullable String id, String name, int leadDays, @Nullable BigDecimal leadDeviation,
            @Nullable Integer warrantyDays, @Nullable Boolean active) {
        Supplier toSupplier(String supplierId, int version) {
            return new Supplier(supplierId, version, name, leadDays,
                    leadDeviation == null ? BigDecimal.ZERO : leadDeviation,
                    warrantyDays == null ? 365 : warrantyDays, active == null || active);
        }

        String newId() {
            if (id == null) {
                throw Problem.invalid("id", "say a short id for the supplier");
            }
            return id;
        }
    }

    @Override
    public void bind(Operations operations) {
        operations.on("addSupplier", this::add).on("listSuppliers", this::list).on("getSupplier", this::get)
                .on("putSupplier", this::put).on("evaluateSupplier", this::evaluate);
    }

    private Response add(Request request) {
        Card card = request.body(Card.class);
        Supplier supplier = card.toSupplier(card.newId(), 1);
        return ground.database().inTransaction(handle -> {
            if (!Suppliers.insert(handle, supplier, ground.now())) {
                throw Problem.conflict("There is a supplier " + supplier.id() + " already");
            }
            Audit.append(handle, new Audit.Entry(request.principal(), "supplier.add",
                    "supplier/" + supplier.id(), Json.tree(supplier), request.address()));
            return Response.created("/api/v1/suppliers/" + supplier.id(), supplier).withVersion(1);
        });
    }

    private Response list(Request request) {
        String after = request.cursor();
        int limit = request.limit();
        return Response.ok(ground.database().jdbi().withHandle(handle -> Page.of(
                Suppliers.list(handle, after == null ? "" : after, limit + 1), limit, Supplier::id)));
    }

    private Response get(Request request) {
        String id = request.path("id");
        Supplier supplier = ground.database().jdbi().withHandle(handle -> Suppliers.find(handle, id))
                .orElseThrow(() -> Problem.notFound("supplier", id));
        return Response.versioned(supplier, supplier.version());
    }

    private Response evaluate(Request request) {
        String id = request.path("id");
        return Response.ok(ground.database().jdbi().withHandle(handle -> {
            Supplier known = Suppliers.find(handle, id).orElseThrow(() -> Problem.notFound("supplier", id));
            return Evaluation.of(known.id(), Suppliers.fitted(handle, known.id()));
        }));
    }

    private Response put(Request request) {
        int version = request.ifMatch();
        String id = request.path("id");
        Supplier wanted = request.body(Card.class).toSupplier(id, version);
        return ground.database().inTransaction(handle -> {
            Supplier before = Suppliers.lock(handle, id).orElseThrow(() -> Problem.notFound("supplier", id));
            if (before.version() != version) {
                throw Problem.staleVersion("supplier", id, before.version());
            }
            Supplier after = Suppliers.update(handle, wanted);
            Audit.append(handle, new Audit.Entry(request.principal(), "supplier.change", "supplier/" + id,
                    Json.tree(Map.of("before", before, "after", after)), request.address()));
            return Response.versioned(after, after.version());
        });
    }
}
