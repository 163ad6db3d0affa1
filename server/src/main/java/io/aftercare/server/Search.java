package io.aftercare.server;

import io.aftercare.diagnostics.incident.IncidentFinder;
import io.aftercare.diagnostics.rulebook.RuleFinder;
import io.aftercare.fleet.device.DeviceFinder;
import io.aftercare.fleet.http.OpenApiDocument;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Page;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import io.aftercare.fleet.people.Principal;
import io.aftercare.fleet.people.Role;
import io.aftercare.fleet.postgres.Database;
import io.aftercare.fleet.search.Finder;
import io.aftercare.fleet.search.Found;
import io.aftercare.fleet.search.Wanted;
import io.aftercare.ota.campaign.CampaignFinder;
import io.aftercare.ota.release.ReleaseFinder;
import io.aftercare.service.customer.CustomerFinder;
import io.aftercare.service.knowledge.ArticleFinder;
import io.aftercare.service.part.PartFinder;
import io.aftercare.service.ticket.TicketFinder;
import io.aftercare.service.workorder.OrderFinder;
import java.util.List;

/// `GET /api/v1/search`: things of all kinds by one text, at most [#OF_EACH_MAX] of each, in the order of [#FINDERS]. Who may not list
/// things of a kind does not find them.
record Search(Database database, OpenApiDocument document) {
    private static final int OF_EACH_MAX = 8;
    private static final List<Finder> FINDERS = List.of(TicketFinder.finder(), DeviceFinder.finder(),
            CustomerFinder.finder(), IncidentFinder.finder(), OrderFinder.finder(), ReleaseFinder.finder(),
            CampaignFinder.finder(), RuleFinder.finder(), ArticleFinder.finder(), PartFinder.finder());

    void bind(Operations operations) {
        operations.on("search", this::read);
    }

    private Response read(Request request) {
        String text = request.query("q").orElse("").strip();
        return Response.ok(new Page<>(text.length() < 2 ? List.of() : find(text, request.principal()), null));
    }

    List<Found> find(String text, Principal reader) {
        Wanted wanted = new Wanted(text, reader, OF_EACH_MAX);
        return database.inTransaction(handle -> {
            // The text decides which index finds it, so there is no plan for all texts.
            handle.execute("SET LOCAL plan_cache_mode = force_custom_plan");
            return FINDERS.stream().filter(finder -> mayList(reader, finder))
                    .flatMap(finder -> finder.search().find(handle, wanted).stream()).toList();
        });
    }

    private boolean mayList(Principal reader, Finder finder) {
        return reader.has(Role.ADMIN) || document.roles(finder.operation()).stream().anyMatch(reader::has);
    }
}
