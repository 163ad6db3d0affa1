package io.aftercare.fleet.provision;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.audit.Audit;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.device.DeviceToken;
import io.aftercare.fleet.device.Devices;
import io.aftercare.fleet.device.Products;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import io.aftercare.fleet.postgres.Database;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Product keys and authorities as the staff handle them, registration by devices, claims by customers.
public final class ProvisionRoutes {
    private static final Duration CLAIM_MAX = Duration.ofDays(365);
    private static final String CLAIM_USUAL = "P30D";

    private final Database database;
    private final Devices devices;
    private final Products products;
    private final Provisioning provisioning;
    private final Claims claims;

    private record NewKey(int devices, Instant until, @Nullable Boolean knownOnly) {}

    private record KeyChange(@Nullable Boolean enabled, @Nullable Integer devices, @Nullable Instant until) {}

    private record NewAuthority(String certificate, int devices) {}

    private record Ask(String id, String productKey, String productSecret) {}

    private record Want(String device, String code, String customer, @Nullable String region) {}

    public ProvisionRoutes(Database database, Devices devices, Products products, Provisioning provisioning,
            Claims claims) {
        this.database = database;
        this.devices = devices;
        this.products = products;
        this.provisioning = provisioning;
        this.claims = claims;
    }

    public void bind(Operations operations) {
        operations.on("addProductKey", this::addKey).on("listProductKeys", this::keys)
                .on("changeProductKey", this::changeKey).on("rotateProductKey", this::rotateKey)
                .on("addProductAuthority", this::addAuthority)
                .on("listProductAuthorities", this::authorities)
                .on("removeProductAuthority", this::removeAuthority)
                .on("provisionDevice", this::provision).on("openClaim", this::openClaim)
                .on("claimDevice", this::claim);
    }

    private Response addKey(Request request) {
        String model = model(request);
        NewKey wanted = request.body(NewKey.class);
        DeviceToken secret = DeviceToken.random();
        String name = "pk-" + DeviceToken.random().secret().substring(0, 20).toLowerCase(Locale.ROOT);
        ProductKey key = database.inTransaction(handle -> {
            ProductKey made = ProductKeys.insert(handle, name, model, secret, wanted.devices(),
                    wanted.until(),
                    Boolean.TRUE.equals(wanted.knownOnly()));
            if (!made.until().isAfter(made.created())) {
                throw Problem.invalid("until", "a time to come is needed, not " + made.until());
            }
            audit(handle, request, "product-key.create", made.key());
            return made;
        });
        return Response.created("/api/v1/products/" + model + "/keys",
                view(key).put("secret", secret.secret()));
    }

    private Response keys(Request request) {
        String model = model(request);
        ArrayNode items = Json.array();
        database.jdbi().withHandle(handle -> ProductKeys.of(handle, model))
                .forEach(key -> items.add(view(key)));
        return Response.ok(Json.object().set("items", items));
    }

    private static ObjectNode view(ProductKey key) {
        return Json.object().put("key", key.key()).put("model", key.model()).put("enabled", key.enabled())
                .put("devicesMax", key.devicesMax()).put("devices", key.devices())
                .put("until", key.until().toString()).put("knownOnly", key.knownOnly())
                .put("createdAt", key.created().toString());
    }

    private Response changeKey(Request request) {
        KeyChange change = request.body(KeyChange.class);
        ProductKey after = database.inTransaction(handle -> {
            ProductKey before = locked(handle, request);
            ProductKey wanted = new ProductKey(before.key(), before.model(),
                    change.enabled() == null ? before.enabled() : change.enabled(),
                    change.devices() == null ? before.devicesMax() : change.devices(), before.devices(),
                    change.until() == null ? before.until() : change.until(), before.knownOnly(),
                    before.created());
            ProductKeys.change(handle, wanted);
            audit(handle, request, "product-key.change", wanted.key());
            return wanted;
        });
        return Response.ok(view(after));
    }

    private Response rotateKey(Request request) {
        DeviceToken secret = DeviceToken.random();
        ProductKey key = database.inTransaction(handle -> {
            ProductKey found = locked(handle, request);
            ProductKeys.secret(handle, found.key(), secret);
            audit(handle, request, "product-key.rotate", found.key());
            return found;
        });
        return Response.ok(view(key).put("secret", secret.secret()));
    }

    private static ProductKey locked(Handle handle, Request request) {
        String key = request.path("key");
        return ProductKeys.lock(handle, key).filter(found -> found.model().equals(request.path("model")))
                .orElseThrow(() -> Problem.notFound("key of this product", key));
    }

    private Response addAuthority(Request request) {
        String model = model(request);
        NewAuthority wanted = request.body(NewAuthority.class);
        database.useTransaction(handle -> {
            Authorities.insert(handle, model, wanted.certificate(), wanted.devices());
            audit(handle, request, "product-authority.create", model);
        });
        return Response.created("/api/v1/products/" + model + "/authorities", list(model));
    }

    private Response authorities(Request request) {
        return Response.ok(list(model(request)));
    }

    private ObjectNode list(String model) {
        ObjectNode body = Json.object();
        ArrayNode items = body.putArray("items");
        database.jdbi().withHandle(handle -> Authorities.of(handle, model))
                .forEach(authority -> items.addObject().put("fingerprint", authority.fingerprint())
                        .put("subject", authority.subject()).put("enabled", authority.enabled())
                        .put("devicesMax", authority.devicesMax()).put("devices", authority.devices())
                        .put("until", authority.certificate().getNotAfter().toInstant().toString()));
        return body;
    }

    private Response removeAuthority(Request request) {
        String fingerprint = request.path("fingerprint");
        database.useTransaction(handle -> {
            if (!Authorities.remove(handle, request.path("model"), fingerprint)) {
                throw Problem.notFound("authority of this product", fingerprint);
            }
            audit(handle, request, "product-authority.remove", fingerprint);
        });
        return Response.noContent();
    }

    private Response provision(Request request) {
        Ask ask = request.body(Ask.class);
        if (!DeviceId.isSerial(ask.id())) {
            throw Problem.invalid("id", "a device id has 1 to 64 characters of A-Z a-z 0-9 . _ -");
        }
        var wish = new Provisioning.Wish(ask.id(), ask.productKey(), ask.productSecret(), request.address());
        return switch (provisioning.provision(wish)) {
            case Provisioning.Outcome.Given given -> Response.ok(
                    Json.object().put("id", given.id().value()).put("token", given.token().secret()));
            case Provisioning.Outcome.Refused _ -> throw Problem.unauthorized(
                    "The product's key and secret are not right, or not good any more");
            case Provisioning.Outcome.Unfit unfit -> throw Problem.conflict(unfit.reason());
            case Provisioning.Outcome.Wait wait -> later(wait.time());
        };
    }

    private Response openClaim(Request request) {
        DeviceId device = devices.visible(request.path("id"), request.principal()).id();
        String text = request.body().length == 0
                ? CLAIM_USUAL
                : request.json().path("expiresIn").asText(CLAIM_USUAL);
        Duration lasts = duration(text);
        String code = Claims.random();
        claims.open(request.principal(), device, code, lasts);
        return Response.created("/api/v1/claims",
                Json.object().put("device", device.value()).put("code", code).put("expiresIn",
                        lasts.toString()));
    }

    private static Duration duration(String text) {
        try {
            Duration lasts = Duration.parse(text);
            if (lasts.isPositive() && lasts.compareTo(CLAIM_MAX) <= 0) {
                return lasts;
            }
        } catch (DateTimeException e) {
            throw Problem.invalid("expiresIn", "a duration such as P30D or PT12H is needed, not " + text);
        }
        throw Problem.invalid("expiresIn", "more than nothing and at most a year is needed, not " + text);
    }

    private Response claim(Request request) {
        Want want = request.body(Want.class);
        String region = want.region() == null ? "" : want.region();
        var claim = new Claims.Claim(want.device(), want.code(), want.customer(), region, request.address());
        return switch (claims.claim(claim)) {
            case Claims.Outcome.Granted _ -> Response
                    .ok(Json.object().put("device", want.device()).put("customer", want.customer()));
            case Claims.Outcome.Refused _ -> throw Problem.forbidden(
                    "Device and code do not belong together, or the code is used or over");
            case Claims.Outcome.Wait wait -> later(wait.time());
        };
    }

    private static Response later(Duration time) {
        long seconds = Math.max(1, time.toSeconds());
        Problem problem = Problem.of(429, "Too many attempts", "Try again in " + seconds + " s");
        return new Response(429, problem.body(), Map.of("Retry-After", Long.toString(seconds)));
    }

    private String model(Request request) {
        String model = request.path("model");
        return products.find(model).orElseThrow(() -> Problem.notFound("product", model)).model();
    }

    private static void audit(Handle handle, Request request, String action, String object) {
        Audit.append(handle, request.principal(), action, "product/" + request.path("model"),
                Json.object().put("of", object));
    }
}
