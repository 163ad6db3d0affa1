package io.aftercare.remote.shell;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.audit.Audit;
import io.aftercare.fleet.digest.Sha256;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.people.Principal;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// What the audit keeps of shells: who, why, by which consent, and the hash that stands for the recording. Never what was typed.
final class ShellAudit {
    private ShellAudit() {}

    static void append(Handle handle, Principal who, String deed, Shell shell, ObjectNode detail) {
        Audit.append(handle, who, deed, "shell/" + shell.id(),
                detail.put("device", shell.device()).put("ticket", shell.ticket()));
    }

    static void requested(Handle handle, Principal who, Shell shell) {
        String params = Json.text(Json.object().put("session", shell.id()).put("seconds", shell.seconds())
                .put("columns", shell.columns()).put("rows", shell.rows()));
        append(handle, who, "shell.request", shell, Json.object().put("why", shell.why())
                .put("params", Sha256.hex(params)).put("consent", "given"));
    }

    static void closed(Handle handle, Principal who, Shell shell, ShellSql.End end, Shell.Recorded recorded) {
        append(handle, who, "shell.close", shell, Json.object().put("reason", end.reason())
                .put("note", end.note()).put("pieces", recorded.pieces()).put("bytes", recorded.bytes())
                .put("recording", recorded.hash()));
    }

    /// Somebody tried.
    static void refused(Handle handle, Principal who, String device, @Nullable String ticket, String why) {
        Audit.append(handle, who, "shell.refuse", "device/" + device,
                Json.object().put("ticket", ticket).put("reason", why));
    }
}
