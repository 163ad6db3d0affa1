package io.aftercare.service.casefile;

import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.postgres.Columns;
import io.aftercare.fleet.postgres.Outbox;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Reminds the quality department of audits of the archive (R84), once for each time that one is due.
final class AuditReminder {
    private AuditReminder() {}

    static void remind(Handle handle, Duration every, Instant now) {
        Optional<Instant> since = handle.createQuery("""
                SELECT greatest((SELECT max(at) FROM service.case_file_audit),
                    (SELECT min(archived_at) FROM service.case_file WHERE state = 'archived'))""")
                .map((row, _) -> Optional.ofNullable(Columns.instant(row, "greatest"))).one();
        if (since.isPresent() && since.get().plus(every).isBefore(now)) {
            var told = Json.object().putNull("users").put("role", "quality")
                    .put("template", "case-file-audit-due")
                    .putNull("ticket");
            told.putObject("params").put("since", since.get().toString());
            Outbox.append(handle, "notice.staff", "case-file-audit-due/" + since.get(), told);
        }
    }
}
