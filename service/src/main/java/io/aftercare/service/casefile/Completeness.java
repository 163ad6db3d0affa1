package io.aftercare.service.casefile;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Whether a case file has all that it must (R83, R86). Pure.
final class Completeness {
    /// Documents that make a case more than an enquiry: with one of them the customer's word belongs into the file too.
    private static final Set<DocumentKind> WEIGHTY = EnumSet.of(DocumentKind.WORK_ORDER, DocumentKind.QUOTE,
            DocumentKind.RMA, DocumentKind.COMPLAINT);
    /// What shows that the customer has said something of the result. That a part may be replaced, or that somebody may
    /// come, says nothing of it.
    private static final Set<DocumentKind> SAID = EnumSet.of(DocumentKind.SURVEY, DocumentKind.FOLLOW_UP);

    private Completeness() {}

    /// What is missing, a sentence each; empty where nothing is.
    ///
    /// @param customer whether a customer is behind the case
    /// @param solvedAt when it was solved, null where it is not; words from before are no feedback of the result
    static List<String> missing(List<CaseDocument> documents, boolean customer, @Nullable Instant solvedAt) {
        List<String> missing = new ArrayList<>();
        for (CaseDocument document : documents) {
            if (document.missing() != null) {
                missing.add(document.missing());
            }
        }
        boolean weighty = documents.stream().anyMatch(document -> WEIGHTY.contains(document.kind()));
        boolean said = documents.stream().anyMatch(document -> SAID.contains(document.kind())
                || document.kind() == DocumentKind.FEEDBACK && solvedAt != null
                        && !document.at().isBefore(solvedAt));
        if (customer && weighty && !said) {
            missing.add(
                    "the customer's feedback is missing: once it is solved, note in a comment with \"contact\": true "
                            + "what the customer says of the result, or send the survey");
        }
        return missing;
    }
}
