package io.aftercare.service.casefile;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.audit.Audit;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Page;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import io.aftercare.fleet.people.Principal;
import io.aftercare.fleet.people.Role;
import io.aftercare.service.DeskGround;
import io.aftercare.service.text.Words;
import io.aftercare.service.ticket.Cases;
import io.aftercare.service.ticket.Ticket;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Case files and the archive by HTTP (`openapi/service/casefile.yaml`). Each write, and each reading of an archived page, is
/// one transaction with its audit entry.
final class CaseFileRoutes {
    private final DeskGround ground;
    private final Cases cases;
    private final CaseFiles files;
    private final FileAuditRoutes audits;

    CaseFileRoutes(DeskGround ground, Cases cases, CaseFiles files) {
        this.ground = ground;
        this.cases = cases;
        this.files = files;
        this.audits = new FileAuditRoutes(ground, new FileAudits(files));
    }

    void bind(Operations operations) {
        operations.on("getTicketCaseFile", this::live).on("listCaseFiles", this::list)
                .on("getCaseFile", this::get).on("editCaseFile", this::edit)
                .on("getCaseFileContent", this::content).on("lendCaseFile", this::lend)
                .on("listCaseFileLoans", this::loans).on("returnCaseFile", this::giveBack)
                .on("listCaseFileClasses", this::classes).on("putCaseFileClass", this::putClass);
        audits.bind(operations);
    }

    private record Edit(@Nullable String custodian, @Nullable Instant keepUntil) {}

    private record Lend(@Nullable String borrower, String why, Instant until) {}

    private record Keeping(int keepDays, String custodian) {}

    private Response live(Request request) {
        return ground.database().inTransaction(handle -> {
            Ticket ticket = cases.visible(handle, request);
            CaseFile file = files.file(handle, ticket);
            if (!request.query("format").orElse("json").equals("html")) {
                return Response.ok(file);
            }
            Words words = Words.of("casefile", request.query("lang").orElse("en"));
            return page(FilePage.of(file, files.documents(handle, ticket), words), ticket.number());
        });
    }

    private Response list(Request request) {
        return Response.ok(ground.database().jdbi().withHandle(
                handle -> Archive.list(handle, request, request.queryTime("from"), request.queryTime("to"))));
    }

    private Response get(Request request) {
        ArchivedFile file = ground.database().jdbi().withHandle(handle -> visible(handle, request));
        return Response.versioned(file, file.version());
    }

    /// The page as it was frozen. Who is of another region must have borrowed it (R87).
    private Response content(Request request) {
        Principal who = request.principal();
        return ground.database().inTransaction(handle -> {
            ArchivedFile file = visible(handle, request);
            if (!Loans.isFree(who, file) && !Loans.has(handle, who, file, ground.now())) {
                throw Problem.forbidden("Case file " + file.id() + " belongs to the region " + file.region()
                        + "; " + file.custodian() + " may lend it to you");
            }
            byte[] page = Archive.content(handle, Long.parseLong(file.id()))
                    .orElseThrow(() -> Problem.of(410, "Gone", "Case file " + file.id()
                            + " was destroyed when its time was over, at " + file.destroyedAt()));
            audit(handle, request, "case-file.read", file, Json.object().put("ticket", file.ticket()));
            return page(page, "T-" + file.ticket() + "-" + file.revision())
                    .with("ETag", "\"" + file.sha256() + "\"");
        });
    }

    private Response edit(Request request) {
        int version = request.ifMatch();
        Edit asked = request.body(Edit.class);
        return ground.database().inTransaction(handle -> {
            ArchivedFile before = Archive.lock(handle, id(request)).orElseThrow(() -> unknown(request));
            if (before.version() != version) {
                throw Problem.staleVersion("case file", before.id(), before.version());
            }
            Instant keep = Objects.requireNonNullElse(asked.keepUntil(), before.keepUntil());
            if (keep.isBefore(before.keepUntil())) {
                throw Problem.conflict("Case file " + before.id() + " is kept until " + before.keepUntil()
                        + "; that may be prolonged, not shortened");
            }
            ArchivedFile after = Archive.change(handle, before,
                    Objects.requireNonNullElse(asked.custodian(), before.custodian()), keep);
            audit(handle, request, "case-file.edit", after, request.json());
            return Response.versioned(after, after.version());
        });
    }

    private Response lend(Request request) {
        Lend asked = request.body(Lend.class);
        Instant now = ground.now();
        if (!asked.until().isAfter(now)) {
            throw Problem.invalid("until", "a file is lent until some time to come");
        }
        return ground.database().inTransaction(handle -> {
            ArchivedFile file = visible(handle, request);
            if (!Loans.isFree(request.principal(), file)) {
                throw Problem.forbidden("Case file " + file.id() + " belongs to the region " + file.region()
                        + "; who lends it must belong there");
            }
            if (file.state().equals("destroyed")) {
                throw Problem.conflict("Case file " + file.id() + " was destroyed and cannot be lent");
            }
            String borrower = Objects.requireNonNullElse(asked.borrower(), request.principal().name());
            Loans.Loan loan = Loans.add(handle, file, borrower, asked.why().strip(),
                    request.principal().name(),
                    now, asked.until());
            audit(handle, request, "case-file.lend", file, Json.tree(loan));
            return Response.created("/api/v1/case-file-loans/" + loan.id(), loan);
        });
    }

    private Response loans(Request request) {
        return Response.ok(ground.database().jdbi().withHandle(
                handle -> Loans.list(handle, request, request.query("state"), ground.now())));
    }

    private Response giveBack(Request request) {
        return ground.database().inTransaction(handle -> {
            long id = id(request);
            Loans.Loan loan = Loans.find(handle, id).filter(one -> mayReturn(request.principal(), one))
                    .orElseThrow(() -> Problem.notFound("loan", request.path("id")));
            if (!Loans.giveBack(handle, id, ground.now())) {
                throw Problem.conflict("Loan " + loan.id() + " was given back already");
            }
            Audit.append(handle, new Audit.Entry(request.principal(), "case-file.return",
                    "case-file/" + loan.file(), Json.object().put("loan", loan.id()), request.address()));
            return Response.ok(Loans.find(handle, id).orElseThrow());
        });
    }

    private static boolean mayReturn(Principal who, Loans.Loan loan) {
        return who.name().equals(loan.borrower()) || who.has(Role.QUALITY) || who.has(Role.COORDINATOR)
                || who.has(Role.ADMIN);
    }

    private Response classes(Request request) {
        List<FileClasses.Rule> rules = ground.database().jdbi().withHandle(FileClasses::list);
        return Response.ok(new Page<>(rules, null));
    }

    private Response putClass(Request request) {
        int version = request.ifMatch();
        Keeping asked = request.body(Keeping.class);
        FileClass kind = FileClass.parse(request.path("name"))
                .orElseThrow(() -> Problem.notFound("class of files", request.path("name")));
        return ground.database().inTransaction(handle -> {
            FileClasses.Rule rule = FileClasses.put(handle, kind, asked.keepDays(), asked.custodian(),
                    version);
            Audit.append(handle, new Audit.Entry(request.principal(), "case-file-class.put",
                    "case-file-class/" + kind.text(), Json.tree(rule), request.address()));
            return Response.versioned(rule, rule.version());
        });
    }

    private static ArchivedFile visible(Handle handle, Request request) {
        return Archive.find(handle, id(request))
                .filter(file -> request.principal().seesOutlet(file.outlet()))
                .orElseThrow(() -> unknown(request));
    }

    private static Response page(byte[] page, String name) {
        return new Response(200, Buffer.buffer(page), Map.of("Content-Type", "text/html; charset=utf-8",
                "Content-Security-Policy", FilePage.POLICY, "Content-Disposition",
                "inline; filename=\"" + name + ".html\""));
    }

    private static void audit(Handle handle, Request request, String action, ArchivedFile file,
            @Nullable JsonNode detail) {
        Audit.append(handle, new Audit.Entry(request.principal(), action, "case-file/" + file.id(), detail,
                request.address()));
    }

    static long id(Request request) {
        try {
            return Long.parseLong(request.path("id"));
        } catch (NumberFormatException e) {
            throw unknown(request);
        }
    }

    private static Problem unknown(Request request) {
        return Problem.notFound("case file", request.path("id"));
    }
}
