package io.aftercare.remote.crash;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.audit.Audit;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.people.Principal;
import io.aftercare.fleet.postgres.Outbox;
import io.aftercare.remote.RemoteGround;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// What becomes of groups: people take them, resolve them and merge them; a crash that comes again reopens one, and names make one of
/// several. Every change is in the audit. Thread-safe; calls block.
final class Groups {
    /// `{"group","title","model","firmware","device"}`, key: the group's id.
    static final String NEW = "crash.group.new";
    private static final int FIRMWARES_MAX = 500;
    private static final int MERGED_AT_ONCE_MAX = 100;

    private final RemoteGround ground;
    private final BiPredicate<String, String> below;

    Groups(RemoteGround ground) {
        this.ground = ground;
        this.below = ground.surroundings()::isBelow;
    }

    /// Tells that there is a new kind of crash; in the transaction that makes it.
    void made(Handle handle, Group group, String firmware) {
        Outbox.append(handle, NEW, group.id(), Json.object().put("group", group.id())
                .put("title", group.title()).put("model", group.model()).put("firmware", firmware)
                .put("device", group.madeBy()));
        handle.afterCommit(ground.committed());
        tell(handle, group.id(), "new");
    }

    /// A crash of this firmware belongs to it now.
    void seen(Handle handle, String id, String firmware) {
        GroupSql.lock(handle, id).ifPresent(group -> group.standing().seen(firmware, below)
                .ifPresent(next -> move(handle, Principal.SYSTEM, group, next, "crash-group.regressed",
                        Json.object())));
    }

    Group assign(Principal who, String id, int version, @Nullable String assignee) {
        return decided(who, id, version, "crash-group.assign", Json.object(), handle -> {
            staff(handle, assignee);
            return standing -> standing.assign(assignee);
        });
    }

    Group resolve(Principal who, String id, int version, String firmware, @Nullable String why) {
        return decided(who, id, version, "crash-group.resolve", Json.object().put("why", why),
                _ -> standing -> standing.resolve(firmware));
    }

    Group reopen(Principal who, String id, int version, @Nullable String why) {
        return decided(who, id, version, "crash-group.reopen", Json.object().put("why", why),
                _ -> Standing::reopen);
    }

    private Group decided(Principal who, String id, int version, String deed, ObjectNode detail,
            Function<Handle, Function<Standing, Optional<Standing>>> decision) {
        return ground.database().inTransaction(handle -> {
            Group group = locked(handle, who, id, version);
            Standing next = decision.apply(handle).apply(group.standing())
                    .orElseThrow(() -> Problem.conflict("Crash group " + id + " is "
                            + group.standing().state().text() + ": that is not possible now"));
            move(handle, who, group, next, deed, detail);
            return Crashes.group(handle, who, id);
        });
    }

    /// Makes one group of two by hand: everything of `id` is `into`'s from now on, and what comes of it.
    Group merge(Principal who, String id, int version, String into) {
        return ground.database().inTransaction(handle -> {
            if (!Crashes.group(handle, who, id).id().equals(id)) {
                throw Problem.conflict("Crash group " + id + " has been merged already");
            }
            Group other = Crashes.group(handle, who, into);
            if (other.id().equals(id)) {
                throw Problem.invalid("into", "another group than this one");
            }
            GroupSql.lockForMerge(handle, id);
            List<Group> both = Stream.of(id, other.id()).sorted()
                    .flatMap(one -> GroupSql.lock(handle, one).stream()).toList();
            Group from = both.stream().filter(one -> one.id().equals(id)).findFirst()
                    .orElseThrow(() -> Problem.notFound("crash group", id));
            if (from.version() != version) {
                throw Problem.staleVersion("crash group", id, from.version());
            }
            Group target = both.stream().filter(one -> !one.id().equals(id)).findFirst()
                    .orElseThrow(() -> Problem.notFound("crash group", into));
            if (!from.model().equals(target.model())) {
                throw Problem.conflict("Crashes of " + from.model() + " and of " + target.model()
                        + " cannot be one group");
            }
            merge(handle, who, from, target);
            return Crashes.group(handle, who, target.id());
        });
    }

    /// Makes one group of all that are the same by the names of their functions, in whatever build: the oldest stays.
    void unite(String id) {
        List<String> alike = ground.database().jdbi()
                .withHandle(handle -> GroupSql.alike(handle, id, MERGED_AT_ONCE_MAX));
        alike.stream().skip(1).forEach(one -> ground.database().useTransaction(handle -> {
            GroupSql.lockForMerge(handle, one);
            List<Group> both = Stream.of(one, alike.getFirst()).sorted()
                    .flatMap(each -> GroupSql.lock(handle, each).stream()).toList();
            if (both.size() == 2) { // else somebody merged it meanwhile
                boolean first = both.getFirst().id().equals(one);
                merge(handle, Principal.SYSTEM, both.get(first ? 0 : 1), both.get(first ? 1 : 0));
            }
        }));
    }

    private void merge(Handle handle, Principal who, Group from, Group target) {
        Standing next = target.standing().with(from.standing(),
                GroupSql.firmwares(handle, from.id(), FIRMWARES_MAX), below);
        GroupSql.merge(handle, from.id(), target.id());
        move(handle, who, target, next, "crash-group.merge", Json.object().put("from", from.id()));
    }

    private Group locked(Handle handle, Principal who, String id, int version) {
        if (!Crashes.group(handle, who, id).id().equals(id)) {
            throw Problem.conflict("Crash group " + id + " has been merged into another one");
        }
        Group group = GroupSql.lock(handle, id).orElseThrow(() -> Problem.notFound("crash group", id));
        if (group.version() != version) {
            throw Problem.staleVersion("crash group", id, group.version());
        }
        return group;
    }

    private void move(Handle handle, Principal who, Group group, Standing next, String deed,
            ObjectNode detail) {
        GroupSql.stand(handle, group.id(), next);
        tell(handle, group.id(), next.state().text());
        Audit.append(handle, who, deed, "crash-group/" + group.id(),
                detail.put("before", group.standing().state().text()).put("state", next.state().text())
                        .put("assignee", next.assignee()).put("resolvedIn", next.resolvedIn())
                        .put("regressedIn", next.regressedIn()));
    }

    private void tell(Handle handle, String group, String what) {
        handle.afterCommit(() -> ground.events().publish("crash-group.changed",
                Json.object().put("id", group).put("state", what), who -> who.region().isEmpty()));
    }

    private static void staff(Handle handle, @Nullable String name) {
        boolean known = name == null
                || handle.createQuery("SELECT EXISTS (SELECT FROM fleet.staff WHERE name = :name AND active)")
                        .bind("name", name).mapTo(Boolean.class).one();
        if (!known) {
            throw Problem.invalid("assignee", "there is no active user " + name);
        }
    }
}
