package io.aftercare.remote.shell;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.id.Ids;
import io.aftercare.fleet.people.Principal;
import io.aftercare.fleet.people.Role;
import io.aftercare.fleet.postgres.Database;
import io.aftercare.remote.RemoteGround;
import io.aftercare.remote.Surroundings.Consent;
import io.aftercare.remote.Surroundings.Purpose;
import io.aftercare.remote.action.Action;
import io.aftercare.remote.action.Actions;
import io.aftercare.remote.action.Wish;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What people do with shells: ask for one, approve, end it, look what there is. Opening goes through an action of class D, so that
/// whatever guards those guards shells. Thread-safe; calls block.
final class Shells {
    private static final Logger LOG = LoggerFactory.getLogger(Shells.class);
    /// After this a session whose request broke off half way is given up.
    private static final Duration HALF_WAY_MAX = Duration.ofMinutes(1);

    private final RemoteGround ground;
    private final Database database;
    private final ShellLimits limits;
    private final Actions actions;
    private final Terminals terminals;

    Shells(RemoteGround ground, ShellLimits limits, Actions actions, Terminals terminals) {
        this.ground = ground;
        this.database = ground.database();
        this.limits = limits;
        this.actions = actions;
        this.terminals = terminals;
    }

    Shell request(Principal who, DeviceId id, ShellWish wish) {
        Device device = device(who, id.value());
        Consent consent = consent(id.value(), wish.ticket());
        Instant now = ground.now();
        Size size = wish.size();
        Shell asked = new Shell(Ids.next('s', ground.clock()), id.value(), null, wish.ticket(), wish.why(),
                Math.toIntExact(Duration.ofMinutes(wish.minutes()).toSeconds()), size.columns(), size.rows(),
                ShellState.REQUESTED, null, null, who.name(), null, null, now, null, null, null, null,
                new Shell.Recorded(0, 0, null, null), 1);
        Optional<String> refusal = database.inTransaction(handle -> {
            boolean isAllowed = handle.createQuery("SELECT document FROM fleet.product WHERE model = :model")
                    .bind("model", device.model()).mapTo(JsonNode.class).one().path("shell").asBoolean(false);
            Optional<String> reason = ShellGuards.refuse(limits,
                    new ShellGuards.Case(device.model(), isAllowed,
                            wish.ticket(), consent, ShellSql.countCurrent(handle)));
            return reason.isPresent() || ShellSql.insert(handle, asked)
                    ? reason
                    : Optional.of("The device " + id + " has a session already; one at a time");
        });
        if (refusal.isPresent()) {
            throw refused(who, asked.device(), asked.ticket(), refusal.get());
        }
        return ask(who, asked, wish.confirm());
    }

    // By an action of class D, which has guards of its own; where they refuse, there was no session.
    private Shell ask(Principal who, Shell asked, @Nullable String confirm) {
        try {
            Action action = actions.request(who, new DeviceId(asked.device()), Wish.of(Terminals.ACTION)
                    .with(Json.object().put("session", asked.id()).put("seconds", asked.seconds())
                            .put("columns", asked.columns()).put("rows", asked.rows()))
                    .forTicket(asked.ticket()).within(limits.patience()).confirmed(confirm)
                    .because(asked.why()).keyed("shell:" + asked.id()));
            return database.inTransaction(handle -> {
                ShellSql.action(handle, asked.id(), action.id());
                ShellAudit.requested(handle, who, asked);
                return ShellSql.find(handle, asked.id(), false).orElseThrow();
            });
        } catch (Problem refusal) {
            database.useTransaction(handle -> ShellSql.delete(handle, asked.id()));
            terminals.meters().refused();
            throw refusal; // and audited as what it was, a refused action
        }
    }

    Shell approve(Principal who, String id, Optional<Integer> version) {
        Shell before = waiting(who, id, version);
        Consent consent = consent(before.device(), before.ticket());
        if (consent != Consent.GIVEN) {
            throw refused(who, before.device(), before.ticket(),
                    ShellGuards.consent(before.ticket(), consent));
        }
        Action action = actions.approve(who, String.valueOf(before.action()));
        return database.inTransaction(handle -> {
            Shell now = ShellSql.find(handle, id, true).orElseThrow();
            terminals.follow(handle, now, action);
            ShellAudit.append(handle, who, "shell.approve", now, Json.object());
            return ShellSql.find(handle, id, false).orElseThrow();
        });
    }

    Shell reject(Principal who, String id, String why, Optional<Integer> version) {
        Shell before = waiting(who, id, version);
        var _ = actions.reject(who, String.valueOf(before.action()), why);
        return find(who, id);
    }

    private Shell waiting(Principal who, String id, Optional<Integer> version) {
        Shell before = find(who, id);
        if (version.isPresent() && version.get() != before.version()) {
            throw Problem.staleVersion("shell", id, before.version());
        }
        if (before.state() != ShellState.REQUESTED || before.action() == null) {
            throw Problem.conflict("The shell " + id + " is " + before.state().text() + " already");
        }
        return before;
    }

    /// Whoever asked for it has done.
    Shell leave(Principal who, String id) {
        Shell before = find(who, id);
        if (!before.requestedBy().equals(who.name())) {
            throw Problem.forbidden("Only " + before.requestedBy() + " closes this shell; others kill it");
        }
        return end(who, before, ShellEvent.LEAVE, null);
    }

    /// The kill switch. It asks for no version and knows no conflict: what is over already stays so.
    Shell kill(Principal who, String id, @Nullable String why) {
        return end(who, find(who, id), ShellEvent.KILL, why);
    }

    /// Ends all there are, whatever their state.
    List<String> killAll(Principal who, @Nullable String why) {
        List<String> killed = new ArrayList<>();
        for (Shell shell : database.jdbi().withHandle(ShellSql::current)) {
            end(who, shell, ShellEvent.KILL, why);
            killed.add(shell.id());
        }
        return killed;
    }

    private Shell end(Principal who, Shell shell, ShellEvent event, @Nullable String note) {
        Optional<Shell> after = terminals.end(who, shell.id(), event, note);
        boolean isPerson = !who.equals(Principal.SYSTEM);
        if (after.isPresent() && isPerson && shell.action() != null && shell.openedAt() == null) {
            takeBack(who, shell.action(), event);
        }
        return after.orElseGet(() -> find(Principal.SYSTEM, shell.id()));
    }

    // So that it is not sent any more. Where that fails the device may still open, and is told to close.
    private void takeBack(Principal who, String action, ShellEvent event) {
        try {
            var _ = actions.cancel(who, action, event.reason());
        } catch (Problem refusal) {
            LOG.info("The action {} of a closed shell goes on: {}", action, refusal.getMessage());
        }
    }

    Shell find(Principal who, String id) {
        Shell shell = database.jdbi().withHandle(handle -> ShellSql.find(handle, id, false))
                .orElseThrow(() -> Problem.notFound("shell", id));
        var _ = device(who, shell.device());
        return shell;
    }

    List<Shell> list(Principal who, @Nullable String device, @Nullable String state, @Nullable String cursor,
            int limit) {
        ShellSql.Filter filter = new ShellSql.Filter(device, state,
                who.has(Role.PARTNER) ? who.outlet() : null);
        return database.jdbi().withHandle(handle -> {
            Shell after = cursor == null
                    ? null
                    : ShellSql.find(handle, cursor, false)
                            .orElseThrow(() -> Problem.invalid("cursor", "use the next of the page before"));
            return ShellSql.list(handle, filter, after, limit);
        });
    }

    /// Looks after what nobody does anything with: ends what has run out of time, of keys or of consent.
    void sweep() {
        Instant now = ground.now();
        for (LiveShell here : terminals.all()) {
            here.due(now).ifPresent(event -> terminals.end(Principal.SYSTEM, here.id(), event, null));
        }
        List<Shell> current = database.jdbi().withHandle(ShellSql::current);
        terminals.keepOnly(current.stream().filter(shell -> shell.state() == ShellState.OPEN).map(Shell::id)
                .toList());
        current.forEach(shell -> lookAfter(shell, now));
    }

    private void lookAfter(Shell shell, Instant now) {
        Consent consent = consent(shell.device(), shell.ticket());
        if (consent != Consent.GIVEN) {
            end(Principal.SYSTEM, shell, ShellEvent.WITHDRAW, ShellGuards.consent(shell.ticket(), consent));
        } else if (shell.state() == ShellState.OPEN) {
            lost(shell, now);
        } else if (shell.action() == null) {
            if (shell.createdAt().plus(HALF_WAY_MAX).isBefore(now)) {
                end(Principal.SYSTEM, shell, ShellEvent.EXPIRE, "its request broke off half way");
            }
        } else {
            Action action = actions.find(Principal.SYSTEM, shell.action());
            database.useTransaction(handle -> ShellSql.find(handle, shell.id(), true)
                    .ifPresent(held -> terminals.follow(handle, held, action)));
        }
    }

    // Open in the database and nowhere else: the process that had it is gone.
    private void lost(Shell shell, Instant now) {
        boolean isYoung = shell.openedAt() != null && shell.openedAt().plus(HALF_WAY_MAX).isAfter(now);
        if (terminals.find(shell.id()).isEmpty() && !isYoung) {
            end(Principal.SYSTEM, shell, ShellEvent.RESTART, null);
        }
    }

    /// Ends what an earlier process left open; before the first device is let in.
    void recover() {
        for (Shell shell : database.jdbi().withHandle(ShellSql::current)) {
            if (shell.state() == ShellState.OPEN) {
                end(Principal.SYSTEM, shell, ShellEvent.RESTART, null);
            }
        }
    }

    private Consent consent(String device, String ticket) {
        return ground.surroundings().consent(new DeviceId(device), ticket, Purpose.SHELL);
    }

    private Device device(Principal who, String id) {
        return ground.devices().visible(id, who);
    }

    // Nothing was done, but it was tried.
    private Problem refused(Principal who, String device, String ticket, String why) {
        terminals.meters().refused();
        database.useTransaction(handle -> ShellAudit.refused(handle, who, device, ticket, why));
        return Problem.conflict(why);
    }
}
