package io.aftercare.service.part;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.audit.Audit;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Page;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import io.aftercare.fleet.people.Role;
import io.aftercare.service.DeskGround;
import io.aftercare.service.Room;
import io.aftercare.service.money.Money;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The catalogue by HTTP (`openapi/service/part.yaml`): parts, their official prices and their batches (R43, R48). Days are
/// those of UTC. Thread-safe.
public final class PartDesk implements Room {
    private final DeskGround ground;
    private final Currency currency;

    public PartDesk(DeskGround ground, Currency currency) {
        this.ground = ground;
        this.currency = currency;
    }

    @Override
    public void bind(Operations operations) {
        operations.on("addPart", this::add).on("listParts", this::list).on("getPart", this::get)
                .on("putPart", this::put).on("addPartPrice", this::addPrice)
                .on("listPartPrices", this::prices).on("addPartBatch", this::addBatch)
                .on("listPartBatches", this::batches).on("listPrices", this::priceList);
    }

    private LocalDate today() {
        return LocalDate.ofInstant(ground.now(), ZoneOffset.UTC);
    }

    private Response add(Request request) {
        PartBodies.Card card = request.body(PartBodies.Card.class);
        Part part = card.toPart(card.newCode(), 1);
        return ground.database().inTransaction(handle -> {
            requireSupplier(handle, part.supplier());
            if (!Parts.insert(handle, part, ground.now())) {
                throw Problem.conflict(
                        "There is a part " + part.code() + " already; change it at PUT /api/v1/parts/"
                                + part.code());
            }
            audit(handle, request, "part.add", part.code(), Json.tree(part));
            return Response.created("/api/v1/parts/" + part.code(), part).withVersion(1);
        });
    }

    private Response list(Request request) {
        Page<Part> page = ground.database().jdbi().withHandle(handle -> PartQuery.run(handle, request));
        return Response.ok(new Page<>(page.items().stream().map(part -> shown(part, request)).toList(),
                page.next()));
    }

    private Response get(Request request) {
        Part part = ground.database().jdbi().withHandle(handle -> find(handle, request));
        return Response.versioned(shown(part, request), part.version());
    }

    private Response put(Request request) {
        int version = request.ifMatch();
        PartBodies.Card card = request.body(PartBodies.Card.class);
        String code = request.path("code");
        Part wanted = card.toPart(code, version);
        return ground.database().inTransaction(handle -> {
            Part before = Parts.lock(handle, code).orElseThrow(() -> Problem.notFound("part", code));
            if (before.version() != version) {
                throw Problem.staleVersion("part", code, before.version());
            }
            requireSupplier(handle, wanted.supplier());
            Part after = Parts.update(handle, wanted);
            audit(handle, request, "part.change", code,
                    Json.tree(Map.of("before", before, "after", after)));
            return Response.versioned(after, after.version());
        });
    }

    private Response addPrice(Request request) {
        PartBodies.PriceTag tag = request.body(PartBodies.PriceTag.class);
        BigDecimal amount = Money.parse("amount", tag.amount());
        LocalDate from = tag.from() == null ? today() : tag.from();
        if (from.isBefore(today())) {
            throw Problem.invalid("from", "a price begins today or later: what was shown to customers stays");
        }
        return ground.database().inTransaction(handle -> {
            Part part = find(handle, request);
            if (!Prices.add(handle, part.code(), amount, from, request.principal().name(), ground.now())) {
                throw Problem.conflict("A price of " + part.code() + " begins on " + from
                        + " already; choose another day");
            }
            audit(handle, request, "part.price", part.code(),
                    Json.object().put("amount", amount).put("from", from.toString()));
            return new Response(201, Prices.of(handle, part.code()).stream()
                    .filter(price -> price.from().equals(from)).findFirst().orElseThrow(), Map.of());
        });
    }

    private Response prices(Request request) {
        return Response.ok(ground.database().jdbi().withHandle(
                handle -> new Page<>(Prices.of(handle, find(handle, request).code()), null)));
    }

    private Response addBatch(Request request) {
        PartBodies.Lot lot = request.body(PartBodies.Lot.class);
        return ground.database().inTransaction(handle -> {
            Part part = find(handle, request);
            requireSupplier(handle, lot.supplier());
            Batch batch = new Batch(part.code(), lot.batch(), lot.supplier(), lot.supplierBatch(),
                    lot.expires());
            if (!Parts.insert(handle, batch, ground.now())) {
                throw Problem.conflict("There is a batch " + lot.batch() + " of " + part.code() + " already");
            }
            audit(handle, request, "part.batch", part.code(), Json.tree(batch));
            return new Response(201, batch, Map.of());
        });
    }

    private Response batches(Request request) {
        return Response.ok(ground.database().jdbi().withHandle(
                handle -> new Page<>(Parts.batches(handle, find(handle, request).code()), null)));
    }

    private Response priceList(Request request) {
        String after = request.cursor();
        int limit = request.limit();
        return Response.ok(ground.database().jdbi().withHandle(handle -> Page.of(
                Prices.list(handle, request.query("model").orElse(""), after == null ? "" : after, today(),
                        currency.getCurrencyCode(), limit + 1),
                limit, Prices.Listed::code)));
    }

    private static Part find(Handle handle, Request request) {
        String code = request.path("code");
        return Parts.find(handle, code).orElseThrow(() -> Problem.notFound("part", code));
    }

    /// What we pay is none of a partner's affairs.
    private static Object shown(Part part, Request request) {
        return request.principal().has(Role.PARTNER)
                ? Json.convert(Json.tree(part), ObjectNode.class).without("purchasePrice")
                : part;
    }

    private static void requireSupplier(Handle handle, @Nullable String supplier) {
        if (supplier != null && handle.createQuery("SELECT count(*) FROM service.supplier WHERE id = :id")
                .bind("id", supplier).mapTo(Integer.class).one() == 0) {
            throw Problem.invalid("supplier", "there is no supplier " + supplier
                    + "; add it at POST /api/v1/suppliers");
        }
    }

    private static void audit(Handle handle, Request request, String action, String code, JsonNode detail) {
        Audit.append(handle,
                new Audit.Entry(request.principal(), action, "part/" + code, detail, request.address()));
    }
}
