package io.aftercare.ota.campaign;

import io.aftercare.ota.wording.Wording;
import io.aftercare.fleet.http.Endpoint;
import io.aftercare.ota.deployment.DeploymentEvent;
import io.aftercare.ota.plan.NewCampaign;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Page;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Campaigns, and the withdrawal of a release, which ends them, of the staff's API.
public final class CampaignRoutes {
    private final Campaigns campaigns;

    record Question(String release, String target) {}

    record Reason(String reason) {}

    record Ending(@Nullable String reason, @Nullable Boolean force) {
        static Ending of(Request request) {
            return request.body().length == 0 ? new Ending(null, null) : request.body(Ending.class);
        }
    }

    public CampaignRoutes(Campaigns campaigns) {
        this.campaigns = campaigns;
    }

    public void bind(Operations operations) {
        operations.on("createCampaign", this::create).on("listCampaigns", this::list)
                .on("previewCampaign", this::preview)
                .on("getCampaign", request -> shown(campaigns.view(request.path("id"))))
                .on("listCampaignDevices", this::devices)
                .on("listCampaignFailures", request -> Response
                        .ok(Json.object().set("items", Json.tree(campaigns.failures(request.path("id"))))))
                .on("submitCampaign", act("submit", request -> _ -> new CampaignEvent.Submit(name(request))))
                .on("approveCampaign",
                        act("approve", request -> _ -> new CampaignEvent.Approve(name(request))))
                .on("startCampaign", act("start", request -> _ -> new CampaignEvent.Start(name(request))))
                .on("pauseCampaign", act("pause", request -> _ -> new CampaignEvent.Pause(name(request))))
                .on("resumeCampaign", act("resume",
                        request -> row -> new CampaignEvent.Resume(name(request), campaigns.tallies(row))))
                .on("withdrawRelease", request -> Response.ok(campaigns.withdraw(request.principal(),
                        request.path("id"), request.body(Reason.class).reason()).view()))
                .on("abortCampaign", act("abort",
                        request -> _ -> abort(request, Ending.of(request))))
                .on("advanceCampaign",
                        act("advance", request -> _ -> new CampaignEvent.Advance(name(request))))
                .on("cancelCampaignDevice", request -> {
                    Ending ending = Ending.of(request);
                    String reason = ending.reason() == null
                            ? Wording.CANCELLED.of(name(request))
                            : ending.reason();
                    return device(request, "cancel", new DeploymentEvent.Cancel(reason,
                            Boolean.TRUE.equals(ending.force())));
                })
                .on("retryCampaignDevice",
                        request -> device(request, "retry", new DeploymentEvent.Retry(name(request))));
    }

    private Response create(Request request) {
        CampaignRow made = campaigns.create(request.principal(), request.body(NewCampaign.class));
        CampaignView view = campaigns.view(made.value().id());
        return Response.created("/api/v1/campaigns/" + view.id(), view).withVersion(view.revision());
    }

    private Response list(Request request) {
        List<CampaignView> rows = campaigns
                .list(new CampaignStore.Filter(request.query("state").orElse(null),
                        request.query("release").orElse(null), request.query("product").orElse(null)),
                        request.cursorNumber().orElse(null), request.limit() + 1);
        return Response.ok(Page.of(rows, request.limit(), view -> view.id().substring(1)));
    }

    private Response preview(Request request) {
        Question question = request.body(Question.class);
        return Response.ok(campaigns.preview(question.release(), question.target()));
    }

    private Response devices(Request request) {
        List<DeploymentView> rows = campaigns.devices(request.path("id"),
                new DeploymentView.Filter(request.query("state").orElse(null),
                        request.query("outcome").orElse(null),
                        request.query("stage").map(Integer::valueOf).orElse(null),
                        request.query("error").orElse(null)),
                request.cursorNumber().orElse(0L), request.limit() + 1);
        return Response.ok(Page.of(rows, request.limit(), row -> Integer.toString(row.number())));
    }

    private Endpoint act(String verb,
            Function<Request, Function<CampaignRow, CampaignEvent>> event) {
        return request -> {
            CampaignRow row = campaigns.act(request.principal(), request.path("id"), verb,
                    request.ifMatchGiven(), event.apply(request));
            return shown(campaigns.view(row.value().id()));
        };
    }

    private static Response shown(CampaignView view) {
        return Response.versioned(view, view.revision());
    }

    private static String name(Request request) {
        return request.principal().name();
    }

    private static CampaignEvent abort(Request request, Ending ending) {
        return new CampaignEvent.Abort(name(request), ending.reason() == null ? "" : ending.reason(),
                Boolean.TRUE.equals(ending.force()));
    }

    private Response device(Request request, String verb, DeploymentEvent event) {
        return Response
                .ok(campaigns.act(request.principal(), request.path("id"), request.path("device"), verb,
                        event));
    }
}
