package io.aftercare.service.engineer;

import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Partner firms and how they did (R69). A partner's account sees its own alone.
final class PartnerRoutes {
    private final Desk desk;

    PartnerRoutes(Desk desk) {
        this.desk = desk;
    }

    void bind(Operations operations) {
        operations.on("createPartner", this::create).on("listPartners", this::list)
                .on("getPartner", this::get)
                .on("editPartner", this::edit).on("appraisePartner", this::appraise);
    }

    private record New(String outlet, String name, String region, String contractFrom, String contractUntil,
            String chosenBecause) {}

    private record Edit(@Nullable String name, @Nullable String region, @Nullable String contractFrom,
            @Nullable String contractUntil, @Nullable String chosenBecause) {}

    private record NewAppraisal(String period, int score, @Nullable String note) {}

    private record Detail(Partner partner, List<PartnerStore.Appraisal> appraisals) {}

    private Response create(Request request) {
        New asked = request.body(New.class);
        Partner partner = checked(new Partner(asked.outlet(), 1, asked.name().strip(), asked.region(),
                Desk.day("contractFrom", asked.contractFrom()),
                Desk.day("contractUntil", asked.contractUntil()),
                asked.chosenBecause().strip()));
        return desk.ground().database().inTransaction(handle -> {
            if (!PartnerStore.insert(handle, partner, desk.ground().now())) {
                throw Problem.conflict("There is a partner for outlet " + partner.outlet() + " already");
            }
            desk.audit(handle, request, "partner.create", "partner/" + partner.outlet(), asked);
            return Response.created("/api/v1/partners/" + partner.outlet(), partner)
                    .withVersion(partner.version());
        });
    }

    private Response list(Request request) {
        return Response.ok(Desk.items(desk.ground().database().jdbi().withHandle(PartnerStore::all).stream()
                .filter(partner -> request.principal().seesOutlet(partner.outlet())).toList()));
    }

    private Response get(Request request) {
        return desk.ground().database().inTransaction(handle -> {
            Partner partner = PartnerStore.find(handle, request.path("outlet"))
                    .filter(found -> request.principal().seesOutlet(found.outlet()))
                    .orElseThrow(() -> Problem.notFound("partner", request.path("outlet")));
            return Response.versioned(new Detail(partner, PartnerStore.appraisals(handle, partner.outlet())),
                    partner.version());
        });
    }

    private Response edit(Request request) {
        Edit asked = request.body(Edit.class);
        String outlet = request.path("outlet");
        return desk.ground().database().inTransaction(handle -> {
            Partner before = PartnerStore.lock(handle, outlet)
                    .orElseThrow(() -> Problem.notFound("partner", outlet));
            Desk.requireVersion(request, "partner", outlet, before.version());
            Partner after = PartnerStore.update(handle, checked(new Partner(outlet, before.version(),
                    Objects.requireNonNullElse(asked.name(), before.name()),
                    Objects.requireNonNullElse(asked.region(), before.region()),
                    day("contractFrom", asked.contractFrom(), before.contractFrom()),
                    day("contractUntil", asked.contractUntil(), before.contractUntil()),
                    Objects.requireNonNullElse(asked.chosenBecause(), before.chosenBecause()))));
            desk.audit(handle, request, "partner.edit", "partner/" + outlet, asked);
            return Response.versioned(after, after.version());
        });
    }

    private Response appraise(Request request) {
        NewAppraisal asked = request.body(NewAppraisal.class);
        String outlet = request.path("outlet");
        return desk.ground().database().inTransaction(handle -> {
            if (PartnerStore.lock(handle, outlet).isEmpty()) {
                throw Problem.notFound("partner", outlet);
            }
            PartnerStore.Appraisal made = new PartnerStore.Appraisal(asked.period(), asked.score(),
                    Objects.requireNonNullElse(asked.note(), ""), request.principal().name(),
                    desk.ground().now());
            if (!PartnerStore.appraise(handle, outlet, made)) {
                throw Problem.conflict(outlet + " has been appraised for " + asked.period() + " already");
            }
            desk.audit(handle, request, "partner.appraise", "partner/" + outlet, asked);
            return Response.created("/api/v1/partners/" + outlet, made);
        });
    }

    private static LocalDate day(String field, @Nullable String text, LocalDate before) {
        return text == null ? before : Desk.day(field, text);
    }

    private static Partner checked(Partner partner) {
        if (!partner.contractFrom().isBefore(partner.contractUntil())) {
            throw Problem.invalid("contractUntil", "comes after contractFrom");
        }
        return partner;
    }
}
