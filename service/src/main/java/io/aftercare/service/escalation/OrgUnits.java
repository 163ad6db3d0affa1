package io.aftercare.service.escalation;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// The tiers of the organisation in the database. Works in the caller's transaction.
final class OrgUnits {
    private static final String COLUMNS = "id, version, kind, name, parent, covers, manager";
    // The outlets and regions under a unit, itself included; three tiers, so it ends.
    private static final String SCOPE = """
            WITH RECURSIVE scope AS (
                SELECT id, kind, covers FROM service.org_unit WHERE id = :id
                UNION SELECT u.id, u.kind, u.covers FROM service.org_unit u JOIN scope s ON u.parent = s.id)""";

    private OrgUnits() {}

    static List<OrgUnit> list(Handle handle, String after, int limit) {
        return handle.createQuery("SELECT " + COLUMNS
                + " FROM service.org_unit WHERE id > :after ORDER BY id LIMIT :limit").bind("after", after)
                .bind("limit", limit).map((row, _) -> unit(row)).list();
    }

    static Optional<OrgUnit> find(Handle handle, String id) {
        return handle.createQuery("SELECT " + COLUMNS + " FROM service.org_unit WHERE id = :id")
                .bind("id", id).map((row, _) -> unit(row)).findOne();
    }

    static Optional<OrgUnit> lock(Handle handle, String id) {
        return handle.createQuery("SELECT " + COLUMNS + " FROM service.org_unit WHERE id = :id FOR UPDATE")
                .bind("id", id).map((row, _) -> unit(row)).findOne();
    }

    /// Another unit of the kind that covers the same, or a second headquarters.
    static Optional<OrgUnit> rival(Handle handle, OrgUnit unit) {
        return handle.createQuery("SELECT " + COLUMNS + " FROM service.org_unit"
                + " WHERE kind = :kind AND covers IS NOT DISTINCT FROM :covers AND id <> :id LIMIT 1")
                .bind("kind", unit.kind().text()).bind("covers", unit.covers()).bind("id", unit.id())
                .map((row, _) -> unit(row)).findOne();
    }

    static boolean hasChildren(Handle handle, String id) {
        return handle.createQuery("SELECT count(*) > 0 FROM service.org_unit WHERE parent = :id")
                .bind("id", id).mapTo(Boolean.class).one();
    }

    static void put(Handle handle, OrgUnit unit) {
        handle.createUpdate(
                """
                        INSERT INTO service.org_unit (id, version, kind, name, parent, covers, manager)
                        VALUES (:id, :version, :kind, :name, :parent, :covers, :manager)
                        ON CONFLICT (id) DO UPDATE SET version = excluded.version, kind = excluded.kind, name = excluded.name,
                            parent = excluded.parent, covers = excluded.covers, manager = excluded.manager""")
                .bind("id", unit.id()).bind("version", unit.version()).bind("kind", unit.kind().text())
                .bind("name", unit.name()).bind("parent", unit.parent()).bind("covers", unit.covers())
                .bind("manager", unit.manager()).execute();
    }

    /// Who manages the unit of a kind that a device belongs to: its outlet, the region above that or of the device, headquarters.
    static Optional<String> manager(Handle handle, String device, OrgUnit.Kind kind) {
        return handle.createQuery(
                """
                        SELECT u.manager FROM service.org_unit u LEFT JOIN fleet.device d ON d.id = :device
                        LEFT JOIN service.org_unit o ON o.kind = 'outlet' AND o.covers = d.outlet
                        WHERE u.kind = :kind AND u.manager IS NOT NULL AND (u.kind = 'headquarters'
                            OR u.kind = 'outlet' AND u.id = o.id
                            OR u.kind = 'region' AND (u.id = o.parent OR u.covers = d.region))
                        ORDER BY u.id = o.parent DESC NULLS LAST, u.id LIMIT 1""")
                .bind("device", device).bind("kind", kind.text()).mapTo(String.class).findOne();
    }

    /// How much work a tier has.
    record Load(long open, long late) {}

    /// The open cases of a unit and of all below it; headquarters has them all.
    static Load load(Handle handle, OrgUnit unit) {
        return handle.createQuery(SCOPE + """
                SELECT count(*), count(*) FILTER (WHERE t.next_state = 'breached')
                FROM service.ticket t LEFT JOIN fleet.device d ON d.id = t.device
                WHERE t.state NOT IN ('resolved', 'verified', 'closed', 'cancelled') AND (:all
                    OR d.outlet IN (SELECT covers FROM scope WHERE kind = 'outlet')
                    OR d.region IN (SELECT covers FROM scope WHERE kind = 'region'))""").bind("id", unit.id())
                .bind("all", unit.kind() == OrgUnit.Kind.HEADQUARTERS)
                .map((row, _) -> new Load(row.getLong(1), row.getLong(2))).one();
    }

    private static OrgUnit unit(ResultSet row) throws SQLException {
        return new OrgUnit(row.getString("id"), row.getInt("version"),
                OrgUnit.Kind.parse(row.getString("kind")), row.getString("name"), row.getString("parent"),
                row.getString("covers"), row.getString("manager"));
    }
}
