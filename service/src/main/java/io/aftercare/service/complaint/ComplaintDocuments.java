package io.aftercare.service.complaint;

import io.aftercare.service.casefile.CaseDocument;
import io.aftercare.service.casefile.CaseDocument.Line;
import io.aftercare.service.casefile.DocumentKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A complaint as a document of its case's file. Pure.
final class ComplaintDocuments {
    private ComplaintDocuments() {}

    static CaseDocument of(Complaint complaint) {
        Complaint.Grievance grievance = complaint.grievance();
        List<Line> lines = new ArrayList<>();
        lines.add(new Line("class", grievance.kind()));
        lines.add(new Line("severity", grievance.severity()));
        lines.add(new Line("state", complaint.state().text()));
        add(lines, "description", grievance.description());
        add(lines, "finding", complaint.finding());
        add(lines, "rootCause", complaint.cause());
        add(lines, "writtenReply", complaint.reply());
        Integer mark = complaint.satisfaction();
        add(lines, "satisfaction", mark == null ? null : mark.toString());
        return new CaseDocument(DocumentKind.COMPLAINT, complaint.number(), grievance.loggedAt(),
                grievance.loggedBy(), grievance.title(), lines, complaint.state() == ComplaintState.CLOSED
                        ? null
                        : complaint.number() + " is " + complaint.state().text()
                                + "; a case is closed after the complaints about it");
    }

    private static void add(List<Line> lines, String name, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            lines.add(new Line(name, value));
        }
    }
}
