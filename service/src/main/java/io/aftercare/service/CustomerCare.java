package io.aftercare.service;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.postgres.Outbox;
import io.aftercare.service.complaint.ComplaintRoom;
import io.aftercare.service.consent.ConsentRoom;
import io.aftercare.service.customer.CustomerRoom;
import io.aftercare.service.datause.DataUseRoom;
import io.aftercare.service.followup.FollowUpRoom;
import io.aftercare.service.followup.FollowUps;
import io.aftercare.service.improvement.ImprovementRoom;
import io.aftercare.service.improvement.Improvements;
import io.aftercare.service.knowledge.KnowledgeRoom;
import io.aftercare.service.mail.HeldMail;
import io.aftercare.service.notice.HeldNotices;
import io.aftercare.service.portal.PortalLinks;
import io.aftercare.service.survey.Displeased;
import io.aftercare.service.survey.SurveyRoom;
import io.aftercare.service.ticket.Cases;
import java.time.Duration;
import java.util.List;

/// The rooms that know customers as people and not as cases, wired.
final class CustomerCare implements Wing {
    /// How soon somebody calls a customer who is not satisfied (R38).
    private static final Duration CALL_WITHIN = Duration.ofDays(1);

    private final List<Room> rooms;

    /// @param every how often what has come due is looked for
    CustomerCare(DeskGround ground, Cases cases, Duration every) {
        FollowUpRoom followUps = new FollowUpRoom(ground, cases, every);
        SurveyRoom surveys = new SurveyRoom(ground, cases, PortalLinks::caseOf,
                displeased(ground, followUps.followUps()), every);
        CustomerRoom customers = new CustomerRoom(ground)
                .show("complaints", (handle, ids, _) -> ComplaintRoom.ofCustomer(handle, ids))
                .show("surveys", (handle, ids, _) -> surveys.held(handle, ids))
                .show("followUps", (handle, ids, _) -> followUps.held(handle, ids))
                .hold("surveys", surveys).hold("followUps", followUps)
                .hold("letters", new HeldNotices()).hold("mail", new HeldMail());
        this.rooms = List.of(customers, followUps, surveys, new ComplaintRoom(ground, cases, every),
                new ImprovementRoom(ground), new KnowledgeRoom(ground, cases, every),
                new ConsentRoom(ground, cases),
                new DataUseRoom(ground, cases, List.of(), every));
    }

    // A low score: somebody calls, the coordinators know, and what is behind it is looked into (R65).
    private static Displeased displeased(DeskGround ground, FollowUps followUps) {
        return (handle, survey, ticket, why) -> {
            followUps.callBack(handle, ticket, "The customer gave a low score: " + why, CALL_WITHIN);
            Improvements.raise(handle, new Improvements.Raised("survey", Long.toString(survey), ticket,
                    "A customer gave a low score: " + why, "system"), ground.now());
            ObjectNode notice = Json.object().put("role", "coordinator").put("template", "survey-low")
                    .put("ticket", Long.toString(ticket));
            notice.putObject("params").put("scores", why);
            Outbox.append(handle, "notice.staff", "survey/" + survey + "/low", notice);
        };
    }

    @Override
    public List<Room> rooms() {
        return rooms;
    }
}
