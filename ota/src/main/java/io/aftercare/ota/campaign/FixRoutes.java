package io.aftercare.ota.campaign;

import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Page;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import java.util.List;
import java.util.Objects;

/// What releases and campaigns fix, of the staff's API.
public final class FixRoutes {
    private final FixViews views;

    FixRoutes(FixViews views) {
        this.views = views;
    }

    public void bind(Operations operations) {
        operations.on("listReleaseFixes", this::ofRelease)
                .on("listCampaignFixes", this::ofCampaign);
    }

    private Response ofRelease(Request request) {
        return page(views.ofRelease(request.path("id"), after(request), request.limit() + 1), request);
    }

    private Response ofCampaign(Request request) {
        return page(views.ofCampaign(request.path("id"), after(request), request.limit() + 1), request);
    }

    private static Response page(List<FixView> rows, Request request) {
        return Response.ok(Page.of(rows, request.limit(), FixView::device));
    }

    private static String after(Request request) {
        return Objects.requireNonNullElse(request.cursor(), "");
    }
}
