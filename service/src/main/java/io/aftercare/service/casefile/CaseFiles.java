package io.aftercare.service.casefile;

import io.aftercare.fleet.audit.Audit;
import io.aftercare.fleet.background.BackgroundLoop;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.people.Principal;
import io.aftercare.service.DeskGround;
import io.aftercare.service.Room;
import io.aftercare.service.text.Words;
import io.aftercare.service.ticket.Actor;
import io.aftercare.service.ticket.Cases;
import io.aftercare.service.ticket.Ticket;
import io.aftercare.service.ticket.TicketState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// One case, one file (R83 to R87). A case is closed only with a complete file; in the transaction that closes it the file is
/// frozen, so that no closed case is without. Thread-safe.
public final class CaseFiles implements Room {
    /// Loans and retention count days: every thirtieth look is enough.
    private static final int LOOKS_LEFT_OUT = 30;
    private static final int DESTROYED_AT_ONCE_MAX = 20;

    private final DeskGround ground;
    private final Cases cases;
    private final List<CaseFileSource> sources;
    private final CaseFileRoutes routes;
    private final Duration auditEvery;
    private final BackgroundLoop loop;

    /// @param sources    the rooms that have documents of cases
    /// @param lookEvery  how often the desk looks for what has come due
    /// @param auditEvery how long the archive may go without an audit before the quality department is reminded (R84)
    public CaseFiles(DeskGround ground, Cases cases, List<CaseFileSource> sources, Duration lookEvery,
            Duration auditEvery) {
        this.ground = ground;
        this.cases = cases;
        this.sources = List.copyOf(sources);
        this.auditEvery = auditEvery;
        this.routes = new CaseFileRoutes(ground, cases, this);
        this.loop = new BackgroundLoop("case-files", lookEvery.multipliedBy(LOOKS_LEFT_OUT), this::round);
        cases.require(this::missing);
        cases.listen(this::changed);
    }

    @Override
    public void bind(Operations operations) {
        routes.bind(operations);
    }

    @Override
    public List<BackgroundLoop> loops() {
        return List.of(loop);
    }

    List<CaseDocument> documents(Handle handle, Ticket ticket) {
        List<CaseDocument> all = new ArrayList<>(
                TicketDocuments.of(ticket, cases.timeline(handle, ticket.id())));
        sources.forEach(source -> all.addAll(source.documents(handle, ticket)));
        return all;
    }

    CaseFile file(Handle handle, Ticket ticket) {
        return CaseFile.of(ticket, documents(handle, ticket), Archive.of(handle, ticket.id()));
    }

    /// The file of a case as it reads now, where the case is closed.
    Optional<CaseFile> closed(Handle handle, long ticket) {
        return cases.find(handle, ticket).filter(one -> one.state() == TicketState.CLOSED)
                .map(one -> file(handle, one));
    }

    // What the transition itself brings (cause, verification) the case's own guards look at.
    private Optional<String> missing(Handle handle, Ticket ticket, TicketState to) {
        if (to != TicketState.CLOSED) {
            return Optional.empty();
        }
        List<CaseDocument> others = documents(handle, ticket).stream()
                .filter(document -> document.kind() != DocumentKind.HANDLING
                        && document.kind() != DocumentKind.ACCEPTANCE)
                .toList();
        List<String> missing = Completeness.missing(others, ticket.report().origin().isCustomer(),
                ticket.progress().resolvedAt());
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of("To close " + ticket.number() + " its file must be complete: "
                        + String.join("; ", missing));
    }

    private void changed(Handle handle, @Nullable Ticket before, Ticket after, Actor actor) {
        if (after.state() != TicketState.CLOSED || before != null && before.state() == TicketState.CLOSED) {
            return;
        }
        List<CaseDocument> documents = documents(handle, after);
        CaseFile file = CaseFile.of(after, documents, List.of());
        byte[] page = FilePage.of(file, documents, Words.of("casefile", "both"));
        ArchivedFile kept = Archive.add(handle, after, file, page, FileClasses.of(handle, file.kind()),
                ground.now());
        Audit.append(handle, new Audit.Entry(actor.principal(), "case-file.archive", "case-file/" + kept.id(),
                Json.object().put("ticket", after.number()).put("revision", kept.revision())
                        .put("sha256", kept.sha256()),
                actor.address()));
    }

    private boolean round() {
        Instant now = ground.now();
        ground.database().useTransaction(handle -> Loans.remind(handle, now));
        ground.database().useTransaction(handle -> AuditReminder.remind(handle, auditEvery, now));
        List<Long> due = ground.database().jdbi()
                .withHandle(handle -> Archive.due(handle, now, DESTROYED_AT_ONCE_MAX));
        due.forEach(id -> ground.database().useTransaction(handle -> destroy(handle, id, now)));
        return due.size() == DESTROYED_AT_ONCE_MAX;
    }

    private static void destroy(Handle handle, long id, Instant now) {
        ArchivedFile file = Archive.lock(handle, id).orElseThrow();
        if (Archive.isDue(handle, id, now)) {
            Archive.destroy(handle, id, now);
            Audit.append(handle, Principal.SYSTEM, "case-file.destroy", "case-file/" + id,
                    Json.object().put("ticket", file.ticket()).put("revision", file.revision())
                            .put("sha256", file.sha256()).put("keptUntil", file.keepUntil().toString()));
        }
    }
}
