package io.aftercare.service.engineer;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Partner firms in the database. Works in the caller's transaction.
final class PartnerStore {
    private static final String COLUMNS = """
            outlet, version, name, region, contract_from, contract_until, chosen_because""";

    private PartnerStore() {}

    /// How a firm did in some time.
    ///
    /// @param score of 100
    record Appraisal(String period, int score, String note, String by, Instant at) {}

    static boolean insert(Handle handle, Partner partner, Instant now) {
        return handle.createUpdate(
                """
                        INSERT INTO service.partner (outlet, name, region, contract_from, contract_until, chosen_because,
                            created_at)
                        VALUES (:outlet, :name, :region, :from, :until, :why, :now) ON CONFLICT (outlet) DO NOTHING""")
                .bind("outlet", partner.outlet()).bind("name", partner.name())
                .bind("region", partner.region())
                .bind("from", partner.contractFrom()).bind("until", partner.contractUntil())
                .bind("why", partner.chosenBecause()).bind("now", now).execute() == 1;
    }

    static Partner update(Handle handle, Partner partner) {
        handle.createUpdate("""
                UPDATE service.partner SET version = version + 1, name = :name, region = :region,
                    contract_from = :from, contract_until = :until, chosen_because = :why
                WHERE outlet = :outlet""").bind("outlet", partner.outlet()).bind("name", partner.name())
                .bind("region", partner.region()).bind("from", partner.contractFrom())
                .bind("until", partner.contractUntil()).bind("why", partner.chosenBecause()).execute();
        return lock(handle, partner.outlet()).orElseThrow();
    }

    static Optional<Partner> find(Handle handle, String outlet) {
        return handle.createQuery("SELECT " + COLUMNS + " FROM service.partner WHERE outlet = :outlet")
                .bind("outlet", outlet).map((row, _) -> partner(row)).findOne();
    }

    /// As [#find], and nobody else changes the partner before the end of the transaction.
    static Optional<Partner> lock(Handle handle, String outlet) {
        return handle
                .createQuery("SELECT " + COLUMNS + " FROM service.partner WHERE outlet = :outlet FOR UPDATE")
                .bind("outlet", outlet).map((row, _) -> partner(row)).findOne();
    }

    /// All of them, by outlet; some hundreds at most.
    static List<Partner> all(Handle handle) {
        return handle.createQuery("SELECT " + COLUMNS + " FROM service.partner ORDER BY outlet")
                .map((row, _) -> partner(row)).list();
    }

    static boolean appraise(Handle handle, String outlet, Appraisal appraisal) {
        return handle.createUpdate("""
                INSERT INTO service.partner_appraisal (outlet, period, score, note, actor, at)
                VALUES (:outlet, :period, :score, :note, :by, :at) ON CONFLICT (outlet, period) DO NOTHING""")
                .bind("outlet", outlet).bind("period", appraisal.period()).bind("score", appraisal.score())
                .bind("note", appraisal.note()).bind("by", appraisal.by()).bind("at", appraisal.at())
                .execute() == 1;
    }

    static List<Appraisal> appraisals(Handle handle, String outlet) {
        return handle.createQuery("""
                SELECT period, score, note, actor, at FROM service.partner_appraisal WHERE outlet = :outlet
                ORDER BY period DESC LIMIT 100""").bind("outlet", outlet)
                .map((row, _) -> new Appraisal(row.getString(1), row.getInt(2), row.getString(3),
                        row.getString(4),
                        row.getTimestamp(5).toInstant()))
                .list();
    }

    private static Partner partner(ResultSet row) throws SQLException {
        return new Partner(row.getString("outlet"), row.getInt("version"), row.getString("name"),
                row.getString("region"), row.getDate("contract_from").toLocalDate(),
                row.getDate("contract_until").toLocalDate(), row.getString("chosen_because"));
    }
}
