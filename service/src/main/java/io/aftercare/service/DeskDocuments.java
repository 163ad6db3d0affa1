package io.aftercare.service;

import io.aftercare.service.casefile.CaseDocument;
import io.aftercare.service.casefile.CaseFileSource;
import io.aftercare.service.casefile.DocumentKind;
import io.aftercare.service.complaint.ComplaintRoom;
import io.aftercare.service.cost.CostPapers;
import io.aftercare.service.followup.FollowUpRoom;
import io.aftercare.service.quote.QuotePapers;
import io.aftercare.service.requisition.RequisitionPapers;
import io.aftercare.service.rma.RmaPapers;
import io.aftercare.service.survey.SurveyRoom;
import io.aftercare.service.text.Paper;
import io.aftercare.service.workorder.OrderPapers;
import io.aftercare.service.workorder.WorkOrders;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// What the rooms of the desk have of a case, as documents of its file (R83).
final class DeskDocuments {
    private DeskDocuments() {}

    @FunctionalInterface
    private interface Papers {
        List<Paper> of(Handle handle, long ticket);
    }

    static List<CaseFileSource> sources(WorkOrders orders) {
        return List.of(
                source(DocumentKind.WORK_ORDER, (handle, ticket) -> OrderPapers.of(orders, handle, ticket)),
                source(DocumentKind.PART, RequisitionPapers::of), source(DocumentKind.RMA, RmaPapers::of),
                source(DocumentKind.QUOTE, QuotePapers::quotes),
                source(DocumentKind.CONSENT, QuotePapers::consents), ComplaintRoom::documents,
                SurveyRoom::documents, FollowUpRoom::documents, source(DocumentKind.COST, CostPapers::of));
    }

    private static CaseFileSource source(DocumentKind kind, Papers papers) {
        return (handle, ticket) -> papers.of(handle, ticket.id()).stream().map(paper -> document(kind, paper))
                .toList();
    }

    private static CaseDocument document(DocumentKind kind, Paper paper) {
        return new CaseDocument(kind, paper.reference(), paper.at(), paper.by(), paper.title(),
                paper.fields().stream().map(field -> new CaseDocument.Line(field.name(), field.value()))
                        .toList(),
                paper.missing());
    }
}
