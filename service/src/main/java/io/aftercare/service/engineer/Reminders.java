package io.aftercare.service.engineer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.postgres.Outbox;
import java.time.LocalDate;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Tells people once of each certificate that ends soon (R56), training that is due (R58) and tool to be calibrated or
/// maintained (R76). Who was told is written with the notice, so a crash tells nobody twice.
final class Reminders {
    private static final int ROUND_MAX = 100;
    private final Desk desk;

    Reminders(Desk desk) {
        this.desk = desk;
    }

    /// One bounded round.
    ///
    /// @return whether more may be waiting
    boolean run() {
        return desk.ground().database().inTransaction(handle -> {
            EngineerSettings settings = EngineerSettings.SETTING.of(handle);
            LocalDate by = desk.today().plusDays(settings.remindDays());
            int told = certificates(handle, settings) + trainings(handle, by) + tools(handle, by);
            return told >= ROUND_MAX;
        });
    }

    private int certificates(Handle handle, EngineerSettings settings) {
        List<Certification> ending = handle.createQuery("SELECT " + CertificationStore.COLUMNS + " " + """
                FROM service.certification
                WHERE expires_at <= :soon AND revoked_at IS NULL AND reminded_at IS NULL
                ORDER BY id LIMIT :max FOR UPDATE SKIP LOCKED""")
                .bind("soon", desk.ground().now().plus(settings.expiring())).bind("max", ROUND_MAX)
                .map((row, _) -> CertificationStore.certification(row)).list();
        for (Certification one : ending) {
            Certification.Term term = one.term();
            handle.createUpdate("UPDATE service.certification SET reminded_at = :now WHERE id = :id")
                    .bind("now", desk.ground().now()).bind("id", one.id()).execute();
            tell(handle, "certification/" + one.id() + "/expiring", one.engineer(), "certification-expiring",
                    Json.object().put("engineer", one.engineer()).put("model", one.model())
                            .put("number", one.number())
                            .put("expires", term == null ? "" : term.expiresAt().toString()));
        }
        return ending.size();
    }

    private int trainings(Handle handle, LocalDate by) {
        record Due(String engineer, LocalDate day) {}
        List<Due> due = handle.createQuery("""
                SELECT name, training_due FROM service.engineer
                WHERE training_due <= :by AND training_reminded IS DISTINCT FROM training_due
                ORDER BY name LIMIT :max FOR UPDATE SKIP LOCKED""").bind("by", by).bind("max", ROUND_MAX)
                .map((row, _) -> new Due(row.getString(1), row.getDate(2).toLocalDate())).list();
        for (Due one : due) {
            handle.createUpdate("UPDATE service.engineer SET training_reminded = :day WHERE name = :name")
                    .bind("day", one.day()).bind("name", one.engineer()).execute();
            tell(handle, "training/" + one.engineer() + "/" + one.day(), one.engineer(), "training-due",
                    Json.object().put("engineer", one.engineer()).put("due", one.day().toString()));
        }
        return due.size();
    }

    private int tools(Handle handle, LocalDate by) {
        List<Tool> due = handle
                .createQuery(
                        """
                                SELECT serial, version, name, holder, calibration_due, maintenance_due, retired FROM service.tool
                                WHERE NOT retired AND least(calibration_due, maintenance_due) <= :by
                                  AND reminded IS DISTINCT FROM least(calibration_due, maintenance_due)
                                ORDER BY serial LIMIT :max FOR UPDATE SKIP LOCKED""")
                .bind("by", by).bind("max", ROUND_MAX)
                .map((row, _) -> ToolStore.tool(row)).list();
        for (Tool tool : due) {
            LocalDate day = tool.due();
            handle.createUpdate("UPDATE service.tool SET reminded = :day WHERE serial = :serial")
                    .bind("day", day).bind("serial", tool.serial()).execute();
            tell(handle, "tool/" + tool.serial() + "/" + day, tool.holder(), "tool-due", Json.object()
                    .put("serial", tool.serial()).put("tool", tool.name()).put("due", String.valueOf(day)));
        }
        return due.size();
    }

    private static void tell(Handle handle, String key, @Nullable String user, String template,
            ObjectNode params) {
        ObjectNode payload = Json.object().put("role", "coordinator").put("template", template);
        payload.set("users", user == null ? null : Json.array().add(user));
        payload.putNull("ticket").set("params", params);
        Outbox.append(handle, "notice.staff", key, payload);
    }
}
