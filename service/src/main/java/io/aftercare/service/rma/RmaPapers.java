package io.aftercare.service.rma;

import io.aftercare.service.text.Paper;
import java.util.List;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Returns as documents of a case's file. Works in the caller's transaction.
public final class RmaPapers {
    private RmaPapers() {}

    public static List<Paper> of(Handle handle, long ticket) {
        return handle.createQuery("SELECT id FROM service.rma WHERE ticket = :ticket ORDER BY id LIMIT 100")
                .bind("ticket", ticket).mapTo(Long.class).stream()
                .map(id -> paper(RmaStore.find(handle, id, false).orElseThrow())).toList();
    }

    private static Paper paper(Rma rma) {
        Rma.Ask ask = rma.ask();
        Rma.Terms terms = rma.terms();
        Paper.Fields fields = new Paper.Fields().add("type", ask.type().text())
                .add("state", rma.state().text())
                .add("oldSerial", ask.device().value()).add("newSerial", terms.newDevice())
                .add("cause", ask.reason())
                .add("payer", terms.burden().payer().text());
        rma.shipments().forEach(
                one -> fields.add("sent", one.sentAt() + " " + one.device() + " " + one.carrier() + " "
                        + one.tracking()));
        rma.receipts()
                .forEach(one -> fields.add("arrived", one.at() + " " + one.serial() + " " + one.condition()));
        Inspection inspection = rma.inspection();
        if (inspection != null) {
            fields.add("inspection", inspection.verdict().text() + ": " + inspection.findings());
        }
        Handover handover = rma.handover();
        if (handover != null) {
            fields.add("returned", handover.at() + " " + handover.by());
        }
        fields.add("note", terms.note());
        return new Paper(rma.number(), ask.requestedAt(),
                Objects.requireNonNullElse(terms.approver(), ask.requester()),
                ask.reason(), fields.all(), missing(rma));
    }

    private static @Nullable String missing(Rma rma) {
        return rma.state().isOpen()
                ? "return " + rma.number() + " is " + rma.state().text() + ": bring it to its end first"
                : null;
    }
}
