package io.aftercare.remote.crash.symbol;

import io.aftercare.fleet.postgres.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The statements behind [Symbols].
final class SymbolSql {
    private SymbolSql() {}

    static Optional<SymbolFile> find(Handle handle, BuildId id, boolean lock) {
        return handle
                .createQuery("SELECT * FROM remote.symbol_file WHERE build_id = :id"
                        + (lock ? " FOR UPDATE" : ""))
                .bind("id", id.hex()).map((row, _) -> map(row)).findOne();
    }

    static List<SymbolFile> ofBuilds(Handle handle, Collection<BuildId> ids) {
        return handle.createQuery("SELECT * FROM remote.symbol_file WHERE build_id = ANY(:ids)")
                .bindArray("ids", String.class, ids.stream().map(BuildId::hex).toList())
                .map((row, _) -> map(row)).list();
    }

    static List<SymbolFile> list(Handle handle, @Nullable String product, @Nullable String firmware,
            @Nullable String after, int limit) {
        return handle.createQuery("""
                SELECT * FROM remote.symbol_file WHERE (:product::text IS NULL OR product = :product)
                    AND (:firmware::text IS NULL OR firmware = :firmware)
                    AND (:after::text IS NULL OR build_id > :after)
                ORDER BY build_id LIMIT :limit""").bind("product", product).bind("firmware", firmware)
                .bind("after", after).bind("limit", limit).map((row, _) -> map(row)).list();
    }

    static long allBytes(Handle handle) {
        return handle.createQuery("SELECT coalesce(sum(bytes), 0) FROM remote.symbol_file")
                .mapTo(Long.class).one();
    }

    static boolean isProduct(Handle handle, String model) {
        return handle.createQuery("SELECT EXISTS (SELECT FROM fleet.product WHERE model = :model)")
                .bind("model", model).mapTo(Boolean.class).one();
    }

    static void put(Handle handle, SymbolFile file) {
        handle.createUpdate(
                """
                        INSERT INTO remote.symbol_file (build_id, product, firmware, release, name, bytes, sha256, machine,
                            has_names, has_lines, uploaded_by, uploaded_at, version)
                        VALUES (:id, :product, :firmware, :release, :name, :bytes, :sha256, :machine, :names, :lines, :by, :at,
                            :version)
                        ON CONFLICT (build_id) DO UPDATE SET product = excluded.product, firmware = excluded.firmware,
                            release = excluded.release, name = excluded.name, bytes = excluded.bytes, sha256 = excluded.sha256,
                            machine = excluded.machine, has_names = excluded.has_names, has_lines = excluded.has_lines,
                            uploaded_by = excluded.uploaded_by, uploaded_at = excluded.uploaded_at, version = excluded.version""")
                .bind("id", file.buildId().hex()).bind("product", file.product())
                .bind("firmware", file.firmware()).bind("release", file.release()).bind("name", file.name())
                .bind("bytes", file.bytes()).bind("sha256", file.sha256()).bind("machine", file.machine())
                .bind("names", file.hasNames()).bind("lines", file.hasLines()).bind("by", file.uploadedBy())
                .bind("at", file.uploadedAt()).bind("version", file.version()).execute();
    }

    static void delete(Handle handle, BuildId id) {
        handle.createUpdate("DELETE FROM remote.symbol_file WHERE build_id = :id").bind("id", id.hex())
                .execute();
    }

    /// Those of some files (by hash) that a build has.
    static Set<String> needed(Handle handle, Collection<String> sha256) {
        return handle.createQuery("SELECT sha256 FROM remote.symbol_file WHERE sha256 = ANY(:all)")
                .bindArray("all", String.class, sha256).mapTo(String.class)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static SymbolFile map(ResultSet row) throws SQLException {
        return new SymbolFile(new BuildId(row.getString("build_id")), row.getString("product"),
                row.getString("firmware"), row.getString("release"), row.getString("name"),
                row.getLong("bytes"), row.getString("sha256"), row.getString("machine"),
                row.getBoolean("has_names"), row.getBoolean("has_lines"), row.getString("uploaded_by"),
                Columns.time(row, "uploaded_at"), row.getInt("version"));
    }
}
