package io.aftercare.service.casefile;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.aftercare.fleet.http.Problem;
import java.time.Duration;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// How each class of files is kept: settings (R85). Works in the caller's transaction.
final class FileClasses {
    private FileClasses() {}

    /// @param keepDays  how long a file is kept after the case was closed
    /// @param custodian a user, or a role, who answers for the files of this class
    record Rule(@JsonProperty("class") FileClass kind, int keepDays, String custodian, int version) {
        Duration keep() {
            return Duration.ofDays(keepDays);
        }
    }

    static List<Rule> list(Handle handle) {
        return handle.createQuery("SELECT * FROM service.case_file_class ORDER BY name")
                .map((row, _) -> new Rule(FileClass.parse(row.getString("name")).orElseThrow(),
                        row.getInt("keep_days"), row.getString("custodian"), row.getInt("version")))
                .list();
    }

    static Rule of(Handle handle, FileClass kind) {
        return list(handle).stream().filter(rule -> rule.kind() == kind).findFirst().orElseThrow();
    }

    /// Files that are archived already keep the time that they were given.
    static Rule put(Handle handle, FileClass kind, int keepDays, String custodian, int version) {
        int changed = handle
                .createUpdate(
                        """
                                UPDATE service.case_file_class SET keep_days = :days, custodian = :custodian, version = version + 1
                                WHERE name = :name AND version = :version""")
                .bind("days", keepDays).bind("custodian", custodian)
                .bind("name", kind.text()).bind("version", version).execute();
        Rule now = of(handle, kind);
        if (changed == 0) {
            throw Problem.staleVersion("class of files", kind.text(), now.version());
        }
        return now;
    }
}
