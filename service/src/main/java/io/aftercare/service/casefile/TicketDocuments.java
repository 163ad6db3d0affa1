package io.aftercare.service.casefile;

import io.aftercare.service.casefile.CaseDocument.Line;
import io.aftercare.service.ticket.Happening;
import io.aftercare.service.ticket.Progress;
import io.aftercare.service.ticket.Report;
import io.aftercare.service.ticket.Signal;
import io.aftercare.service.ticket.Ticket;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The four documents that every case has (R86): order, feedback, handling record, acceptance. Pure.
final class TicketDocuments {
    private TicketDocuments() {}

    /// @param history the timeline, oldest first
    static List<CaseDocument> of(Ticket ticket, List<Happening> history) {
        List<CaseDocument> documents = new ArrayList<>();
        documents.add(order(ticket));
        List<Line> said = history.stream().filter(TicketDocuments::isCustomers)
                .map(one -> new Line(when(one.at()) + " " + one.actor(), one.text())).toList();
        if (!said.isEmpty()) {
            documents.add(new CaseDocument(DocumentKind.FEEDBACK, ticket.number(), last(history, ticket), "",
                    "feedback", said, null));
        }
        documents.add(handling(ticket, history));
        documents.add(acceptance(ticket));
        return documents;
    }

    private static CaseDocument order(Ticket ticket) {
        Report report = ticket.report();
        List<Line> lines = new ArrayList<>();
        lines.add(new Line("number", ticket.number()));
        lines.add(new Line("title", report.title()));
        lines.add(new Line("device", report.serial()));
        lines.add(new Line("channel", report.origin().text()));
        lines.add(new Line("opened", when(report.openedAt())));
        add(lines, "customer", report.contact());
        add(lines, "symptom", report.symptom());
        add(lines, "description", report.description());
        Signal signal = ticket.signal();
        if (signal != null) {
            lines.add(new Line("fault",
                    signal.code() + " (" + signal.rule() + " " + signal.ruleVersion() + ")"));
            lines.add(new Line("values", signal.values().toString()));
        }
        return new CaseDocument(DocumentKind.ORDER, ticket.number(), report.openedAt(), "", report.title(),
                lines, null);
    }

    private static CaseDocument handling(Ticket ticket, List<Happening> history) {
        Progress progress = ticket.progress();
        List<Line> lines = new ArrayList<>();
        add(lines, "rootCause", progress.rootCause());
        for (Happening one : history) {
            if (!one.kind().equals("comment") || !isCustomers(one)) {
                lines.add(new Line(when(one.at()) + " " + one.actor() + " " + one.kind(), text(one)));
            }
        }
        return new CaseDocument(DocumentKind.HANDLING, ticket.number(), ticket.report().openedAt(),
                Objects.requireNonNullElse(progress.owner(), ""), "handling", lines,
                progress.rootCause() == null
                        ? "the handling record has no root cause: say it in rootCause when the case is resolved"
                        : null);
    }

    private static CaseDocument acceptance(Ticket ticket) {
        Progress progress = ticket.progress();
        List<Line> lines = new ArrayList<>();
        add(lines, "verification", progress.verification());
        if (progress.resolvedAt() != null) {
            lines.add(new Line("resolved", when(progress.resolvedAt())));
        }
        if (progress.closedAt() != null) {
            lines.add(new Line("closed", when(progress.closedAt())));
        }
        return new CaseDocument(DocumentKind.ACCEPTANCE, ticket.number(), progress.since(), "", "acceptance",
                lines, progress.verification() == null
                        ? "the acceptance is missing: say in verification what shows that the case is solved"
                        : null);
    }

    private static boolean isCustomers(Happening one) {
        return one.kind().equals("comment") && one.data() != null && one.data().path("contact").asBoolean();
    }

    private static String text(Happening one) {
        String moved = one.kind().equals("transition") && one.data() != null
                ? one.data().path("from").asText() + " → " + one.data().path("to").asText()
                : "";
        return moved.isEmpty() || one.text().isEmpty() ? moved + one.text() : moved + ": " + one.text();
    }

    private static Instant last(List<Happening> history, Ticket ticket) {
        return history.stream().filter(TicketDocuments::isCustomers).map(Happening::at)
                .max(Comparator.naturalOrder()).orElse(ticket.report().openedAt());
    }

    private static void add(List<Line> lines, String name, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            lines.add(new Line(name, value));
        }
    }

    private static String when(Instant at) {
        return at.toString();
    }
}
