package io.aftercare.remote.fleetaction;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.people.Principal;
import io.aftercare.fleet.people.Role;
import io.aftercare.fleet.postgres.Columns;
import io.aftercare.remote.action.ActionClass;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The rows of fleet actions.
final class FleetSql {
    private static final TypeReference<List<StageStatus>> WAVES = new TypeReference<>() {
    };
    private static final TypeReference<FleetPlan> PLAN = new TypeReference<>() {
    };

    private FleetSql() {}

    static void insert(Handle handle, FleetRow row) {
        FleetAction value = row.value();
        Principal who = row.requester();
        handle.createUpdate(
                """
                        INSERT INTO remote.fleet_action (id, model, action, class, params, target, ticket, ticket_device, why,
                            plan, devices, state, reason, stage, stages, requested_by, roles, region, outlet, created_at,
                            changed_at, deadline)
                        VALUES (:id, :model, :action, :class, :params, :target, :ticket, :ticketDevice, :why, :plan, :devices,
                            :state, :reason, :stage, :stages, :by, :roles, :region, :outlet, :now, :now, :deadline)""")
                .bind("id", value.id()).bind("model", row.model()).bind("action", row.action())
                .bind("class", row.actionClass().name()).bindByType("params", row.params(), JsonNode.class)
                .bind("target", row.target()).bind("ticket", row.ticket())
                .bind("ticketDevice", row.ticketDevice())
                .bind("why", row.why()).bindByType("plan", Json.tree(value.plan()), JsonNode.class)
                .bind("devices", row.devices()).bind("state", value.state().text())
                .bind("reason", value.reason())
                .bind("stage", value.stage()).bindByType("stages", Json.tree(value.stages()), JsonNode.class)
                .bind("by", who.name())
                .bindArray("roles", String.class, who.roles().stream().map(Role::text).sorted().toList())
                .bind("region", who.region()).bind("outlet", who.outlet()).bind("now", row.createdAt())
                .bind("deadline", value.deadline()).execute();
    }

    static void update(Handle handle, FleetAction value, Instant now) {
        handle.createUpdate(
                """
                        UPDATE remote.fleet_action SET state = :state, reason = :reason, stage = :stage, stages = :stages,
                            decided_by = :decided, changed_at = :now, version = version + 1,
                            finished_at = CASE WHEN :over THEN :now::timestamptz END
                        WHERE id = :id""")
                .bind("id", value.id()).bind("state", value.state().text())
                .bind("reason", value.reason()).bind("stage", value.stage())
                .bindByType("stages", Json.tree(value.stages()), JsonNode.class)
                .bind("decided", value.decidedBy())
                .bind("now", now).bind("over", value.state().isOver()).execute();
    }

    static Optional<FleetRow> find(Handle handle, String id) {
        return one(handle, id, "");
    }

    static Optional<FleetRow> lock(Handle handle, String id) {
        return one(handle, id, " FOR UPDATE");
    }

    /// As [#find], and it stays as it is to the end of the transaction.
    static Optional<FleetRow> hold(Handle handle, String id) {
        return one(handle, id, " FOR SHARE");
    }

    private static Optional<FleetRow> one(Handle handle, String id, String lock) {
        return handle.createQuery("SELECT * FROM remote.fleet_action WHERE id = :id" + lock).bind("id", id)
                .map((row, _) -> map(row)).findOne();
    }

    /// The newest first, those after `after`.
    static List<FleetRow> list(Handle handle, @Nullable String state, @Nullable String after, int limit) {
        return handle.createQuery("""
                SELECT * FROM remote.fleet_action
                WHERE (:state::text IS NULL OR state = :state) AND (:after::text IS NULL OR id < :after)
                ORDER BY id DESC LIMIT :limit""").bind("state", state).bind("after", after)
                .bind("limit", limit)
                .map((row, _) -> map(row)).list();
    }

    /// Those that have not ended.
    static List<String> open(Handle handle) {
        return handle.createQuery("SELECT id FROM remote.fleet_action WHERE finished_at IS NULL ORDER BY id")
                .mapTo(String.class).list();
    }

    /// How many devices somebody acted upon without a second person since a moment.
    static int aloneSince(Handle handle, String who, Instant since) {
        return handle.createQuery("""
                SELECT coalesce(sum(devices), 0) FROM remote.fleet_action
                WHERE requested_by = :who AND created_at > :since AND decided_by IS NULL
                    AND state IN ('running', 'paused', 'aborted', 'finished')""").bind("who", who)
                .bind("since", since).mapTo(Integer.class).one();
    }

    private static FleetRow map(ResultSet row) throws SQLException {
        FleetAction value = new FleetAction(row.getString("id"),
                FleetActionState.parse(row.getString("state")).orElseThrow(), row.getString("reason"),
                row.getString("requested_by"), row.getString("decided_by"),
                Json.read(row.getString("plan"), PLAN),
                row.getInt("stage"), Json.read(row.getString("stages"), WAVES),
                Columns.time(row, "deadline"));
        Principal requester = new Principal(row.getString("requested_by"),
                Columns.texts(row, "roles").stream().flatMap(role -> Role.parse(role).stream())
                        .collect(Collectors.toSet()),
                row.getString("region"), row.getString("outlet"));
        return new FleetRow(value, row.getString("model"), row.getString("action"),
                ActionClass.valueOf(row.getString("class")), Json.parse(row.getString("params")),
                row.getString("target"), row.getString("ticket"), row.getString("ticket_device"),
                row.getString("why"), requester, row.getInt("devices"), Columns.time(row, "created_at"),
                Columns.instant(row, "finished_at"), row.getInt("version"));
    }
}
