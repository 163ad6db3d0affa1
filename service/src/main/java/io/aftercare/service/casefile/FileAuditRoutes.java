package io.aftercare.service.casefile;

import io.aftercare.fleet.audit.Audit;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import io.aftercare.service.DeskGround;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Audits of the archive by HTTP (R84).
final class FileAuditRoutes {
    private static final int SIZE_DEFAULT = 20;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final DeskGround ground;
    private final FileAudits audits;

    FileAuditRoutes(DeskGround ground, FileAudits audits) {
        this.ground = ground;
        this.audits = audits;
    }

    void bind(Operations operations) {
        operations.on("auditCaseFiles", this::audit).on("listCaseFileAudits", this::list)
                .on("getCaseFileAudit", this::get).on("addCaseFileFinding", this::add)
                .on("closeCaseFileFinding", this::close);
    }

    private record Order(@Nullable Instant from, @Nullable Instant to, @Nullable Integer size,
            @Nullable Long seed) {}

    private record Found(@Nullable String file, String text) {}

    private record Done(String action) {}

    private Response audit(Request request) {
        Order asked = request.body(Order.class);
        Instant now = ground.now();
        // Far from JavaScript's limit, so that a console reads the seed as it is.
        long seed = Objects.requireNonNullElseGet(asked.seed(),
                () -> (long) RANDOM.nextInt(Integer.MAX_VALUE));
        FileAudits.Scope scope = new FileAudits.Scope(Objects.requireNonNullElse(asked.from(), Instant.EPOCH),
                Objects.requireNonNullElse(asked.to(), now.plusSeconds(1)),
                Objects.requireNonNullElse(asked.size(), SIZE_DEFAULT), seed);
        return ground.database().inTransaction(handle -> {
            FileAudits.FileAudit made = audits.run(handle, scope, request.principal().name(), now);
            Audit.append(handle, new Audit.Entry(request.principal(), "case-file.audit",
                    "case-file-audit/" + made.id(), Json.object().put("seed", seed)
                            .put("files", made.files().size()).put("findings", made.findings().size()),
                    request.address()));
            return Response.created("/api/v1/case-file-audits/" + made.id(), made);
        });
    }

    private Response list(Request request) {
        return Response.ok(ground.database().jdbi().withHandle(handle -> FileAudits.list(handle, request)));
    }

    private Response get(Request request) {
        return Response.ok(ground.database().jdbi()
                .withHandle(handle -> FileAudits.find(handle, CaseFileRoutes.id(request)))
                .orElseThrow(() -> Problem.notFound("audit", request.path("id"))));
    }

    private Response add(Request request) {
        Found asked = request.body(Found.class);
        return ground.database().inTransaction(handle -> {
            FileAudits.FileAudit audit = FileAudits.find(handle, CaseFileRoutes.id(request))
                    .orElseThrow(() -> Problem.notFound("audit", request.path("id")));
            if (asked.file() != null && !audit.files().contains(asked.file())) {
                throw Problem.invalid("file", "the audit did not draw file " + asked.file());
            }
            OptionalLong file = asked.file() == null
                    ? OptionalLong.empty()
                    : OptionalLong.of(Long.parseLong(asked.file()));
            long id = FileAudits.add(handle, Long.parseLong(audit.id()), file, asked.text().strip(),
                    request.principal().name(), ground.now());
            FileAudits.Finding finding = FileAudits.finding(handle, id).orElseThrow();
            Audit.append(handle, new Audit.Entry(request.principal(), "case-file.finding",
                    "case-file-audit/" + audit.id(), Json.tree(finding), request.address()));
            return new Response(201, finding, Map.of());
        });
    }

    private Response close(Request request) {
        Done asked = request.body(Done.class);
        return Response.ok(ground.database().inTransaction(handle -> {
            FileAudits.Finding finding = FileAudits.close(handle, CaseFileRoutes.id(request),
                    asked.action().strip(), request.principal().name(), ground.now());
            Audit.append(handle, new Audit.Entry(request.principal(), "case-file.finding-closed",
                    "case-file-audit/" + finding.audit(), Json.tree(finding), request.address()));
            return finding;
        }));
    }
}
