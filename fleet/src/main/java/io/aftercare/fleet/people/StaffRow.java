package io.aftercare.fleet.people;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The rows of `fleet.staff`.
final class StaffRow {
    private static final String SELECT = """
            SELECT name, password_hash, roles, region, outlet, active, version, created_at FROM fleet.staff
            """;

    private StaffRow() {}

    record Stored(Member member, String passwordHash) {}

    static Optional<Stored> find(Handle handle, String name) {
        return handle.createQuery(SELECT + "WHERE name = :name").bind("name", name)
                .map((row, _) -> map(row)).findOne();
    }

    static List<Member> list(Handle handle, int limit, @Nullable String after) {
        return handle.createQuery(SELECT + "WHERE name > :after ORDER BY name LIMIT :limit")
                .bind("after", after == null ? "" : after).bind("limit", limit)
                .map((row, _) -> map(row).member()).list();
    }

    /// Who may be given work: active, of one of these roles.
    ///
    /// @param outlet only of this outlet, null for the whole house
    static List<Assignee> assignees(Handle handle, Set<Role> roles, @Nullable String outlet, int limit,
            @Nullable String after) {
        return handle
                .createQuery(
                        """
                                SELECT name, roles FROM fleet.staff
                                WHERE active AND roles && :roles::text[] AND (:outlet::text IS NULL OR outlet = :outlet) AND name > :after
                                ORDER BY name LIMIT :limit""")
                .bindArray("roles", String.class, names(roles)).bind("outlet", outlet)
                .bind("after", after == null ? "" : after).bind("limit", limit)
                .map((row, _) -> new Assignee(row.getString("name"), roles(row).stream().sorted().toList()))
                .list();
    }

    /// How many admins may log in.
    ///
    /// @param lock whether their rows stay as they are until the end of this transaction
    static int activeAdmins(Handle handle, boolean lock) {
        return handle.createQuery(
                "SELECT name FROM fleet.staff WHERE active AND 'admin' = ANY(roles) ORDER BY name"
                        + (lock ? " FOR UPDATE" : ""))
                .mapTo(String.class).list().size();
    }

    /// Empty where the name is taken.
    static Optional<Member> insert(Handle handle, NewMember member, String hash) {
        return handle.createQuery("""
                INSERT INTO fleet.staff (name, password_hash, roles, region, outlet)
                VALUES (:name, :hash, :roles, :region, :outlet) ON CONFLICT DO NOTHING
                RETURNING name, password_hash, roles, region, outlet, active, version, created_at""")
                .bind("name", member.username()).bind("hash", hash)
                .bindArray("roles", String.class, names(member.roles()))
                .bind("region", member.region() == null ? "" : member.region())
                .bind("outlet", member.outlet() == null ? "" : member.outlet())
                .map((row, _) -> map(row).member()).findOne();
    }

    static void putAdmin(Handle handle, String name, String hash) {
        handle.createUpdate(
                """
                        INSERT INTO fleet.staff (name, password_hash, roles) VALUES (:name, :hash, '{admin}')
                        ON CONFLICT (name) DO UPDATE SET password_hash = excluded.password_hash, active = true,
                            roles = CASE WHEN 'admin' = ANY(staff.roles) THEN staff.roles ELSE staff.roles || '{admin}'::text[] END,
                            version = staff.version + 1""")
                .bind("name", name).bind("hash", hash).execute();
    }

    static void update(Handle handle, Member member, @Nullable String hash) {
        handle.createUpdate(
                """
                        UPDATE fleet.staff SET password_hash = coalesce(:hash, password_hash), roles = :roles, region = :region,
                            outlet = :outlet, active = :active, version = :version WHERE name = :name""")
                .bind("hash", hash).bindArray("roles", String.class, names(member.roles()))
                .bind("region", member.region()).bind("outlet", member.outlet())
                .bind("active", member.active()).bind("version", member.version())
                .bind("name", member.username()).execute();
    }

    static void delete(Handle handle, String name) {
        handle.createUpdate("DELETE FROM fleet.staff WHERE name = :name").bind("name", name).execute();
    }

    static void endSessions(Handle handle, String name) {
        handle.createUpdate("DELETE FROM fleet.session WHERE name = :name").bind("name", name).execute();
    }

    static Set<Role> roles(ResultSet row) throws SQLException {
        String[] names = (String[]) row.getArray("roles").getArray();
        return Stream.of(names).flatMap(name -> Role.parse(name).stream()).collect(Collectors.toSet());
    }

    private static List<String> names(Set<Role> roles) {
        return roles.stream().map(Role::text).sorted().toList();
    }

    private static Stored map(ResultSet row) throws SQLException {
        Member member = new Member(row.getString("name"), roles(row), row.getString("region"),
                row.getString("outlet"), row.getBoolean("active"), row.getInt("version"),
                row.getTimestamp("created_at").toInstant());
        return new Stored(member, row.getString("password_hash"));
    }
}
