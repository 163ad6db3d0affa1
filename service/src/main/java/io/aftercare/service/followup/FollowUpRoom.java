package io.aftercare.service.followup;

import io.aftercare.fleet.background.BackgroundLoop;
import io.aftercare.fleet.http.Operations;
import io.aftercare.service.DeskGround;
import io.aftercare.service.Room;
import io.aftercare.service.casefile.CaseDocument;
import io.aftercare.service.casefile.DocumentKind;
import io.aftercare.service.customer.PersonalHolding;
import io.aftercare.service.ticket.Cases;
import io.aftercare.service.ticket.Ticket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// Follow-ups and letters to groups of customers, wired.
public final class FollowUpRoom implements Room, PersonalHolding {
    private final FollowUps followUps;
    private final FollowUpRoutes routes;
    private final OutreachRoutes outreach;
    private final BackgroundLoop loop;

    /// @param every how often what has come due is looked for
    public FollowUpRoom(DeskGround ground, Cases cases, Duration every) {
        this.followUps = new FollowUps(ground, cases);
        this.routes = new FollowUpRoutes(ground, cases, followUps);
        this.outreach = new OutreachRoutes(ground);
        this.loop = new BackgroundLoop("follow-ups-due", every,
                () -> ground.database().inTransaction(followUps::remind));
        cases.listen(followUps::changed);
        cases.show("followUps", (handle, ticket, _) -> FollowUpStore.ofTicket(handle, ticket.id()));
    }

    public FollowUps followUps() {
        return followUps;
    }

    @Override
    public void bind(Operations operations) {
        routes.bind(operations);
        outreach.bind(operations);
    }

    @Override
    public List<BackgroundLoop> loops() {
        return List.of(loop);
    }

    /// What the customer of a case said when asked, for its file; what is only planned is not in it.
    public static List<CaseDocument> documents(Handle handle, Ticket ticket) {
        return FollowUpStore.ofTicket(handle, ticket.id()).stream().filter(FollowUp::isDone)
                .map(FollowUpRoom::document).toList();
    }

    private static CaseDocument document(FollowUp one) {
        List<CaseDocument.Line> lines = new ArrayList<>();
        lines.add(new CaseDocument.Line("state", one.state()));
        lines.add(new CaseDocument.Line("due", one.due().toString()));
        if (one.satisfaction() != null) {
            lines.add(new CaseDocument.Line("satisfaction", one.satisfaction().toString()));
        }
        String by = one.endedBy();
        return new CaseDocument(DocumentKind.FOLLOW_UP, one.kind() + " " + one.id(), one.createdAt(),
                by == null ? "" : by, one.reason(), lines, null);
    }

    @Override
    public List<?> held(Handle handle, List<String> ids) {
        return FollowUpStore.ofCustomer(handle, ids);
    }

    @Override
    public void forget(Handle handle, List<String> ids) {
        FollowUpStore.forget(handle, ids);
    }
}
