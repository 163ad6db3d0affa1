package io.aftercare.service.casefile;

import com.fasterxml.jackson.annotation.JsonValue;
import io.aftercare.service.text.Kebab;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The kind of service by which files are kept (R85); how long each is kept is a setting.
public enum FileClass {
    COMPLAINT,
    RETURN,
    REPAIR,
    /// A fault that the backend found and that needed nobody on site.
    REMOTE,
    ENQUIRY;

    /// Which class a case belongs to: the gravest of what its documents show.
    static FileClass of(List<CaseDocument> documents, boolean proactive) {
        Set<DocumentKind> kinds = EnumSet.noneOf(DocumentKind.class);
        documents.forEach(document -> kinds.add(document.kind()));
        if (kinds.contains(DocumentKind.COMPLAINT)) {
            return COMPLAINT;
        }
        if (kinds.contains(DocumentKind.RMA)) {
            return RETURN;
        }
        if (kinds.contains(DocumentKind.WORK_ORDER) || kinds.contains(DocumentKind.QUOTE)
                || kinds.contains(DocumentKind.PART)) {
            return REPAIR;
        }
        return proactive ? REMOTE : ENQUIRY;
    }

    @JsonValue
    public String text() {
        return Kebab.of(this);
    }

    static Optional<FileClass> parse(String text) {
        return Kebab.parse(FileClass.class, text);
    }
}
