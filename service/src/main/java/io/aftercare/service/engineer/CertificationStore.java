package io.aftercare.service.engineer;

import io.aftercare.fleet.postgres.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Standards and certifications in the database. Works in the caller's transaction.
final class CertificationStore {
    static final String COLUMNS = """
            id, version, engineer, model, standard, renews, applied_at, theory, practical, reviewer, reviewed_at,
            issued_at, expires_at, revoked_at, revoked_why""";
    private static final String STANDARD = "model, version, theory_pass, practical_pass, valid_months, why, in_force_from";

    private CertificationStore() {}

    /// Adds the next version of a model's standard.
    static Standard insert(Handle handle, Standard wanted, String creator, Instant now) {
        handle.createQuery("SELECT pg_advisory_xact_lock(hashtextextended(:model, 40))::text")
                .bind("model", wanted.model()).mapTo(String.class).one();
        return handle
                .createQuery(
                        """
                                INSERT INTO service.certification_standard (model, version, theory_pass, practical_pass,
                                    valid_months, why, in_force_from, created_by, created_at)
                                SELECT :model, coalesce(max(version), 0) + 1, :theory, :practical, :months, :why, :from, :creator, :now
                                FROM service.certification_standard WHERE model = :model RETURNING\s"""
                                + STANDARD)
                .bind("model", wanted.model()).bind("theory", wanted.theoryPass())
                .bind("practical", wanted.practicalPass()).bind("months", wanted.validMonths())
                .bind("why", wanted.why()).bind("from", wanted.inForceFrom()).bind("creator", creator)
                .bind("now", now).map((row, _) -> standard(row)).one();
    }

    /// The versions of one model's standard, or of all, the newest first.
    static List<Standard> standards(Handle handle, @Nullable String model) {
        return handle.createQuery("SELECT " + STANDARD + " FROM service.certification_standard"
                + " WHERE :model::text IS NULL OR model = :model ORDER BY model, version DESC")
                .bind("model", model).map((row, _) -> standard(row)).list();
    }

    static Standard standard(Handle handle, String model, int version) {
        return handle.createQuery("SELECT " + STANDARD + " FROM service.certification_standard"
                + " WHERE model = :model AND version = :version").bind("model", model)
                .bind("version", version)
                .map((row, _) -> standard(row)).one();
    }

    /// The version of a model's standard that is in force at that time.
    static Optional<Standard> inForce(Handle handle, String model, Instant at) {
        return handle.createQuery("SELECT " + STANDARD + " FROM service.certification_standard"
                + " WHERE model = :model AND in_force_from <= :at ORDER BY version DESC LIMIT 1")
                .bind("model", model).bind("at", at).map((row, _) -> standard(row)).findOne();
    }

    static Certification insert(Handle handle, String engineer, String model, int standard,
            @Nullable Long renews, Instant now) {
        long id = handle.createQuery("""
                INSERT INTO service.certification (engineer, model, standard, renews, applied_at)
                VALUES (:engineer, :model, :standard, :renews, :now) RETURNING id""")
                .bind("engineer", engineer)
                .bind("model", model).bind("standard", standard).bind("renews", renews).bind("now", now)
                .mapTo(Long.class).one();
        return new Certification(id, 1, engineer, model, standard, renews, now, null, null, null);
    }

    static Certification update(Handle handle, Certification one) {
        Certification.Marks marks = one.marks();
        Certification.Term term = one.term();
        Certification.Revocation revocation = one.revocation();
        handle.createUpdate(
                """
                        UPDATE service.certification SET version = version + 1, theory = :theory, practical = :practical,
                            reviewer = :reviewer, reviewed_at = :reviewed, issued_at = :issued, expires_at = :expires,
                            revoked_at = :revoked, revoked_why = :why
                        WHERE id = :id""")
                .bind("id", one.id())
                .bind("theory", marks == null ? null : (Integer) marks.theory())
                .bind("practical", marks == null ? null : (Integer) marks.practical())
                .bind("reviewer", marks == null ? null : marks.reviewer())
                .bind("reviewed", marks == null ? null : marks.at())
                .bind("issued", term == null ? null : term.issuedAt())
                .bind("expires", term == null ? null : term.expiresAt())
                .bind("revoked", revocation == null ? null : revocation.at())
                .bind("why", revocation == null ? null : revocation.why()).execute();
        return lock(handle, one.id()).orElseThrow();
    }

    static Optional<Certification> lock(Handle handle, long id) {
        return handle
                .createQuery("SELECT " + COLUMNS + " FROM service.certification WHERE id = :id FOR UPDATE")
                .bind("id", id).map((row, _) -> certification(row)).findOne();
    }

    /// All for a model, the newest first.
    static List<Certification> forModel(Handle handle, String model) {
        return handle.createQuery("SELECT " + COLUMNS
                + " FROM service.certification WHERE model = :model ORDER BY id DESC").bind("model", model)
                .map((row, _) -> certification(row)).list();
    }

    static Certification certification(ResultSet row) throws SQLException {
        Instant reviewed = Columns.instant(row, "reviewed_at");
        Instant issued = Columns.instant(row, "issued_at");
        Instant expires = Columns.instant(row, "expires_at");
        Instant revoked = Columns.instant(row, "revoked_at");
        long renews = row.getLong("renews");
        Long follows = row.wasNull() ? null : renews;
        return new Certification(row.getLong("id"), row.getInt("version"), row.getString("engineer"),
                row.getString("model"), row.getInt("standard"), follows,
                row.getTimestamp("applied_at").toInstant(),
                reviewed == null
                        ? null
                        : new Certification.Marks(row.getInt("theory"), row.getInt("practical"),
                                row.getString("reviewer"), reviewed),
                issued == null || expires == null ? null : new Certification.Term(issued, expires),
                revoked == null ? null : new Certification.Revocation(revoked, row.getString("revoked_why")));
    }

    private static Standard standard(ResultSet row) throws SQLException {
        return new Standard(row.getString(1), row.getInt(2), row.getInt(3), row.getInt(4), row.getInt(5),
                row.getString(6), row.getTimestamp(7).toInstant());
    }
}
