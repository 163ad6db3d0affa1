package io.aftercare.service.stock;

import io.aftercare.fleet.http.Problem;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Places in the database. Works in the caller's transaction.
public final class Locations {
    private static final String SELECT = "SELECT code, kind, name, outlet, engineer, active FROM service.stock_location";

    private Locations() {}

    public static Optional<Location> find(Handle handle, String code) {
        return handle.createQuery(SELECT + " WHERE code = :code").bind("code", code)
                .map((row, _) -> location(row)).findOne();
    }

    /// The place; a [Problem] 400 at `field` where there is none.
    public static Location named(Handle handle, String field, String code) {
        return find(handle, code).orElseThrow(() -> Problem.invalid(field,
                "there is no stock location " + code + "; add it at POST /api/v1/stock-locations"));
    }

    /// All places that hold stock, by code.
    static List<Location> holding(Handle handle) {
        return handle.createQuery(SELECT + " ORDER BY code").map((row, _) -> location(row)).list().stream()
                .filter(location -> location.kind().holds()).toList();
    }

    /// @return whether the code was free
    static boolean insert(Handle handle, Location location, Instant now) {
        return handle.createUpdate("""
                INSERT INTO service.stock_location (code, kind, name, outlet, engineer, active, created_at)
                VALUES (:code, :kind, :name, :outlet, :engineer, :active, :now) ON CONFLICT DO NOTHING""")
                .bind("code", location.code()).bind("kind", location.kind().text())
                .bind("name", location.name()).bind("outlet", location.outlet())
                .bind("engineer", location.engineer()).bind("active", location.active()).bind("now", now)
                .execute() == 1;
    }

    private static Location location(ResultSet row) throws SQLException {
        return new Location(row.getString(1), LocationKind.parse(row.getString(2)), row.getString(3),
                row.getString(4), row.getString(5), row.getBoolean(6));
    }
}
