package io.aftercare.service.cost;

import io.aftercare.service.text.Paper;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// What a case cost, as a document of its file (R49). Works in the caller's transaction.
public final class CostPapers {
    private CostPapers() {}

    /// One for all its entries, none where there are none.
    public static List<Paper> of(Handle handle, long ticket) {
        List<CostEntry> entries = CostStore.ofTicket(handle, ticket);
        if (entries.isEmpty()) {
            return List.of();
        }
        Paper.Fields fields = new Paper.Fields();
        entries.forEach(entry -> fields.add(entry.kind().text(),
                entry.amount().toPlainString() + " " + entry.text()
                        + (entry.voucher() == null ? "" : " (" + entry.voucher() + ")") + ", "
                        + entry.state().text()));
        fields.add("total", entries.stream().map(CostEntry::amount).reduce(Amount.ZERO, (a, b) -> a.add(b))
                .toPlainString());
        return List.of(new Paper("costs", entries.getFirst().at(), "", "costs", fields.all(), null));
    }
}
