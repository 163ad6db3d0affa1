package io.aftercare.service.part;

import io.aftercare.fleet.http.Problem;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/// Parts in the database. Works in the caller's transaction.
public final class Parts {
    static final String COLUMNS = "p.code, p.version, p.name_zh, p.name_en, p.specification, p.models, p.class,"
            + " p.genuine, p.certificate, p.supplier, p.purchase_price, p.safety_stock, p.state";

    private Parts() {}

    public static Optional<Part> find(Handle handle, String code) {
        return handle.createQuery("SELECT " + COLUMNS + " FROM service.part p WHERE p.code = :code")
                .bind("code", code).map((row, _) -> part(row)).findOne();
    }

    /// The part; a [Problem] 400 at `field` where there is none.
    public static Part named(Handle handle, String field, String code) {
        return find(handle, code).orElseThrow(() -> Problem.invalid(field,
                "there is no part " + code + "; add it at POST /api/v1/parts"));
    }

    /// The part, and nobody else changes it before the end of the transaction.
    static Optional<Part> lock(Handle handle, String code) {
        return handle
                .createQuery("SELECT " + COLUMNS + " FROM service.part p WHERE p.code = :code FOR UPDATE")
                .bind("code", code).map((row, _) -> part(row)).findOne();
    }

    /// @return whether the code was free
    static boolean insert(Handle handle, Part part, Instant now) {
        return bind(handle.createUpdate("""
                INSERT INTO service.part (code, name_zh, name_en, specification, models, class, genuine,
                    certificate, supplier, purchase_price, safety_stock, state, created_at)
                VALUES (:code, :zh, :en, :specification, :models, :class, :genuine, :certificate, :supplier,
                    :purchasePrice, :safetyStock, :state, :now) ON CONFLICT (code) DO NOTHING"""), part)
                .bind("now", now).execute() == 1;
    }

    static Part update(Handle handle, Part part) {
        bind(handle.createUpdate("""
                UPDATE service.part SET version = version + 1, name_zh = :zh, name_en = :en,
                    specification = :specification, models = :models, class = :class, genuine = :genuine,
                    certificate = :certificate, supplier = :supplier, purchase_price = :purchasePrice,
                    safety_stock = :safetyStock, state = :state
                WHERE code = :code"""), part).execute();
        return part.at(part.version() + 1);
    }

    public static List<Batch> batches(Handle handle, String code) {
        return handle.createQuery("""
                SELECT part, batch, supplier, supplier_batch, expires FROM service.part_batch
                WHERE part = :code ORDER BY expires NULLS LAST, batch""").bind("code", code)
                .map((row, _) -> new Batch(row.getString(1), row.getString(2), row.getString(3),
                        row.getString(4), row.getObject(5, LocalDate.class)))
                .list();
    }

    /// @return whether the batch was new
    static boolean insert(Handle handle, Batch batch, Instant now) {
        return handle.createUpdate("""
                INSERT INTO service.part_batch (part, batch, supplier, supplier_batch, expires, created_at)
                VALUES (:part, :batch, :supplier, :supplierBatch, :expires, :now) ON CONFLICT DO NOTHING""")
                .bind("part", batch.part()).bind("batch", batch.batch()).bind("supplier", batch.supplier())
                .bind("supplierBatch", batch.supplierBatch()).bind("expires", batch.expires())
                .bind("now", now).execute() == 1;
    }

    private static <S extends SqlStatement<S>> S bind(S statement, Part part) {
        return statement.bind("code", part.code()).bind("zh", part.name().zh()).bind("en", part.name().en())
                .bind("specification", part.specification())
                .bind("models", part.models().toArray(String[]::new)).bind("class", part.kind().text())
                .bind("genuine", part.genuine()).bind("certificate", part.certificate())
                .bind("supplier", part.supplier()).bind("purchasePrice", part.purchasePrice())
                .bind("safetyStock", part.safetyStock()).bind("state", part.state().text());
    }

    static Part part(ResultSet row) throws SQLException {
        return new Part(row.getString("code"), row.getInt("version"),
                new Part.Names(row.getString("name_zh"), row.getString("name_en")),
                row.getString("specification"),
                List.of((String[]) row.getArray("models").getArray()),
                PartClass.parse(row.getString("class")),
                row.getBoolean("genuine"), row.getString("certificate"), row.getString("supplier"),
                row.getBigDecimal("purchase_price"), row.getInt("safety_stock"),
                PartState.parse(row.getString("state")));
    }
}
