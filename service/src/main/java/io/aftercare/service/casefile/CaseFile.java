package io.aftercare.service.casefile;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.aftercare.fleet.digest.Sha256;
import io.aftercare.fleet.http.Json;
import io.aftercare.service.ticket.Ticket;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One case, one file, as it stands at a moment (R83).
///
/// @param state    `open`, or `archived` once the closed case is
/// @param customer pseudonym of the one who reported it
/// @param missing  what must still come before the case may be closed, a sentence each
/// @param archived what was kept of it each time that it was closed, the newest first
@JsonInclude(JsonInclude.Include.ALWAYS)
record CaseFile(String ticket, String number, @JsonProperty("class") FileClass kind, String state,
        @Nullable String customer, String device, @Nullable String owner, Instant openedAt,
        @Nullable Instant closedAt, boolean complete, List<String> missing, List<Entry> documents,
        List<ArchivedFile> archived) {
    /// A document in the index.
    record Entry(DocumentKind kind, String reference, Instant at, String by, String title, boolean complete,
            @Nullable String missing, String sha256, List<CaseDocument.Line> lines, List<Listed> enclosures) {
        static Entry of(CaseDocument document) {
            List<Listed> enclosures = document.enclosures().stream()
                    .map(one -> new Listed(one.name(), one.type(), one.sha256(), one.size())).toList();
            String content = Json.text(List.of(document.kind(), document.reference(), document.at(),
                    document.by(), document.title(), document.lines(), enclosures));
            return new Entry(document.kind(), document.reference(), document.at(), document.by(),
                    document.title(), document.isComplete(), document.missing(), Sha256.hex(content),
                    document.lines(), enclosures);
        }
    }

    /// A file that belongs to a document.
    record Listed(String name, String type, String sha256, long size) {}

    static CaseFile of(Ticket ticket, List<CaseDocument> documents, List<ArchivedFile> archived) {
        List<String> missing = Completeness.missing(documents, ticket.report().origin().isCustomer(),
                ticket.progress().resolvedAt());
        boolean kept = !archived.isEmpty() && ticket.progress().closedAt() != null;
        return new CaseFile(Long.toString(ticket.id()), ticket.number(),
                FileClass.of(documents, !ticket.report().origin().isCustomer()), kept ? "archived" : "open",
                ticket.report().contact(), ticket.report().serial(), ticket.progress().owner(),
                ticket.report().openedAt(), ticket.progress().closedAt(), missing.isEmpty(), missing,
                documents.stream().map(Entry::of).toList(), archived);
    }
}
