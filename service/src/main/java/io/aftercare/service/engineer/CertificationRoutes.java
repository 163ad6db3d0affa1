package io.aftercare.service.engineer;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Page;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import io.aftercare.fleet.people.Role;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Standards and certifications by HTTP (R56, R57). Each write is one transaction with its audit entry.
final class CertificationRoutes {
    private static final int VALID_MONTHS = 24;
    private final Desk desk;

    CertificationRoutes(Desk desk) {
        this.desk = desk;
    }

    void bind(Operations operations) {
        operations.on("createCertificationStandard", this::standard)
                .on("listCertificationStandards", this::standards).on("applyForCertification", this::apply)
                .on("listCertifications", this::list).on("reviewCertification", this::review)
                .on("issueCertification", this::issue).on("revokeCertification", this::revoke)
                .on("renewCertification", this::renew);
    }

    private record NewStandard(String model, int theoryPass, int practicalPass, @Nullable Integer validMonths,
            String why, @Nullable Instant inForceFrom) {}

    private record Application(@Nullable String engineer, String model) {}

    private record Review(int theory, int practical) {}

    private record Revoke(String reason) {}

    /// A certification as the API shows it.
    @JsonInclude(JsonInclude.Include.ALWAYS)
    private record View(String id, String number, String engineer, String model, int standard,
            CertificationState state, Instant appliedAt, @Nullable Integer theory,
            @Nullable Integer practical,
            @Nullable String reviewer, @Nullable Instant issued, @Nullable Instant expires,
            @Nullable String revokedBecause, @Nullable String renews, int version) {}

    private Response standard(Request request) {
        NewStandard asked = request.body(NewStandard.class);
        Instant now = desk.ground().now();
        return desk.ground().database().inTransaction(handle -> {
            Standard made = CertificationStore.insert(handle,
                    new Standard(asked.model(), 0, asked.theoryPass(),
                            asked.practicalPass(),
                            Objects.requireNonNullElse(asked.validMonths(), VALID_MONTHS),
                            asked.why(), Objects.requireNonNullElse(asked.inForceFrom(), now)),
                    request.principal().name(), now);
            desk.audit(handle, request, "certification-standard.create",
                    "certification-standard/" + made.model() + "/" + made.version(), asked);
            return Response.created("/api/v1/certification-standards?model=" + made.model(), made);
        });
    }

    private Response standards(Request request) {
        return Response.ok(Desk.items(desk.ground().database().jdbi().withHandle(
                handle -> CertificationStore.standards(handle, request.query("model").orElse(null)))));
    }

    private Response apply(Request request) {
        Application asked = request.body(Application.class);
        String engineer = Objects.requireNonNullElse(asked.engineer(), request.principal().name());
        return made(request, "certification.apply", handle -> {
            Engineer who = EngineerStore.find(handle, engineer).orElseThrow(() -> Problem.invalid("engineer",
                    "there is no engineer " + engineer + "; make one at POST /api/v1/engineers"));
            return CertificationStore.insert(handle, who.name(), asked.model(),
                    standardNow(handle, asked.model()).version(), null, desk.ground().now());
        }, engineer);
    }

    private Response renew(Request request) {
        long id = Desk.number(request, "certification");
        return desk.ground().database().inTransaction(handle -> {
            Certification before = locked(handle, request, id);
            requireSelf(request, before.engineer());
            if (before.term() == null) {
                throw Problem.conflict(before.number() + " has not been issued; there is nothing to renew");
            }
            Certification after = CertificationStore.insert(handle, before.engineer(), before.model(),
                    standardNow(handle, before.model()).version(), before.id(), desk.ground().now());
            return created(handle, request, "certification.renew", after);
        });
    }

    private Response list(Request request) {
        List<String> conditions = new ArrayList<>(List.of("true"));
        Map<String, Object> values = new LinkedHashMap<>();
        for (String column : List.of("engineer", "model")) {
            request.query(column).ifPresent(value -> {
                conditions.add(column + " = :" + column);
                values.put(column, value.equals("me") ? request.principal().name() : value);
            });
        }
        if (request.principal().has(Role.PARTNER)) {
            conditions.add("engineer IN (SELECT name FROM service.engineer"
                    + " WHERE outlet = :outlet AND outlet <> '')");
            values.put("outlet", request.principal().outlet());
        }
        request.cursorNumber().ifPresent(after -> {
            conditions.add("id < :after");
            values.put("after", after);
        });
        return Response.ok(desk.ground().database().inTransaction(handle -> {
            request.query("state").ifPresent(state -> conditions.add(condition(state)));
            var sql = handle.createQuery("SELECT " + CertificationStore.COLUMNS
                    + " FROM service.certification WHERE " + String.join(" AND ", conditions)
                    + " ORDER BY id DESC LIMIT :limit").bind("limit", request.limit() + 1);
            values.forEach(sql::bind);
            EngineerSettings settings = EngineerSettings.SETTING.of(handle);
            if (request.query("state").isPresent()) {
                sql.bind("now", desk.ground().now())
                        .bind("soon", desk.ground().now().plus(settings.expiring()));
            }
            List<View> rows = sql.map((row, _) -> view(CertificationStore.certification(row), settings))
                    .list();
            return Page.of(rows, request.limit(), View::id);
        }));
    }

    // The same as Certification.state says; every branch names both times, so that both are bound.
    private static String condition(String text) {
        CertificationState state = CertificationState.parse(text)
                .orElseThrow(() -> Problem.invalid("state", "there is no state " + text));
        String which = switch (state) {
            case APPLIED -> "reviewed_at IS NULL AND revoked_at IS NULL";
            case REVIEWED -> "reviewed_at IS NOT NULL AND issued_at IS NULL AND revoked_at IS NULL";
            case VALID -> "revoked_at IS NULL AND expires_at > :soon";
            case EXPIRING -> "revoked_at IS NULL AND expires_at <= :soon AND expires_at > :now";
            case EXPIRED -> "revoked_at IS NULL AND expires_at <= :now";
            case REVOKED -> "revoked_at IS NOT NULL";
        };
        return "(" + which + " AND :now <= :soon)";
    }

    private Response review(Request request) {
        Review asked = request.body(Review.class);
        Instant now = desk.ground().now();
        return change(request, "certification.review", asked,
                (_, one) -> one.reviewed(new Certification.Marks(
                        asked.theory(), asked.practical(), request.principal().name(), now), now));
    }

    private Response issue(Request request) {
        return change(request, "certification.issue", Map.of(), (handle, one) -> one
                .issued(CertificationStore.standard(handle, one.model(), one.standard()),
                        desk.ground().now()));
    }

    private Response revoke(Request request) {
        Revoke asked = request.body(Revoke.class);
        return change(request, "certification.revoke", asked,
                (_, one) -> one.revoked(asked.reason().strip(), desk.ground().now()));
    }

    @FunctionalInterface
    private interface Step {
        Certification.Outcome of(Handle handle, Certification one);
    }

    private Response change(Request request, String action, Object detail, Step step) {
        long id = Desk.number(request, "certification");
        return desk.ground().database().inTransaction(handle -> {
            Certification before = locked(handle, request, id);
            return switch (step.of(handle, before)) {
                case Certification.Outcome.Refused refused -> throw Problem.conflict(refused.why());
                case Certification.Outcome.Done done -> {
                    Certification after = CertificationStore.update(handle, done.certification());
                    desk.audit(handle, request, action, "certification/" + id, detail);
                    yield Response.versioned(view(after, EngineerSettings.SETTING.of(handle)),
                            after.version());
                }
            };
        });
    }

    @FunctionalInterface
    private interface Make {
        Certification make(Handle handle);
    }

    private Response made(Request request, String action, Make make, String engineer) {
        requireSelf(request, engineer);
        return desk.ground().database()
                .inTransaction(handle -> created(handle, request, action, make.make(handle)));
    }

    private Response created(Handle handle, Request request, String action, Certification made) {
        View view = view(made, EngineerSettings.SETTING.of(handle));
        desk.audit(handle, request, action, "certification/" + made.id(), view);
        return Response.created("/api/v1/certifications/" + made.id(), view).withVersion(made.version());
    }

    private static Certification locked(Handle handle, Request request, long id) {
        Certification one = CertificationStore.lock(handle, id)
                .orElseThrow(() -> Problem.notFound("certification", request.path("id")));
        Desk.requireVersionGiven(request, "certification", one.number(), one.version());
        return one;
    }

    private static void requireSelf(Request request, String engineer) {
        boolean allowed = request.principal().name().equals(engineer)
                || request.principal().has(Role.COORDINATOR)
                || request.principal().has(Role.QUALITY) || request.principal().has(Role.ADMIN);
        if (!allowed) {
            throw Problem.forbidden("Engineers apply for themselves, coordinators and quality for anybody");
        }
    }

    private Standard standardNow(Handle handle, String model) {
        return CertificationStore.inForce(handle, model, desk.ground().now())
                .orElseThrow(() -> Problem.conflict("There is no certification standard for " + model
                        + " yet; make one at POST /api/v1/certification-standards"));
    }

    private View view(Certification one, EngineerSettings settings) {
        Certification.Marks marks = one.marks();
        Certification.Term term = one.term();
        Certification.Revocation revocation = one.revocation();
        return new View(Long.toString(one.id()), one.number(), one.engineer(), one.model(), one.standard(),
                one.state(desk.ground().now(), settings.expiring()), one.appliedAt(),
                marks == null ? null : (Integer) marks.theory(),
                marks == null ? null : (Integer) marks.practical(),
                marks == null ? null : marks.reviewer(), term == null ? null : term.issuedAt(),
                term == null ? null : term.expiresAt(), revocation == null ? null : revocation.why(),
                one.renews() == null ? null : one.renews().toString(), one.version());
    }
}
