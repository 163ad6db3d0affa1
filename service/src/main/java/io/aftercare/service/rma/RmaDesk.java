package io.aftercare.service.rma;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.audit.Audit;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Problem;
import io.aftercare.service.DeskGround;
import io.aftercare.service.money.Money;
import io.aftercare.service.ticket.Actor;
import io.aftercare.service.ticket.Cases;
import io.aftercare.service.ticket.Note;
import io.aftercare.service.ticket.Ticket;
import io.aftercare.service.warranty.Entitlement;
import io.aftercare.service.warranty.Entitlements;
import io.aftercare.service.warranty.Returns;
import io.aftercare.service.warranty.WarrantyPolicy;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Carries out what [RmaFlow] decides: the return, the case's timeline, the audit entry and what follows, in the caller's
/// transaction. Thread-safe: the case is locked before its return.
final class RmaDesk {
    /// Where no policy is for a device, nothing is promised.
    private static final Returns NONE = new Returns(Money.ZERO, 0, true, true);

    private final DeskGround ground;
    private final Cases cases;
    private final RmaEffects effects;
    private final Quotes quotes;

    RmaDesk(DeskGround ground, Cases cases, RmaEffects effects, Quotes quotes) {
        this.ground = ground;
        this.cases = cases;
        this.effects = effects;
        this.quotes = quotes;
    }

    /// What somebody asks for.
    record Request(RmaType type, String reason, boolean quality, boolean unused, boolean packIntact,
            @Nullable DeviceId newDevice) {}

    Rma open(Handle handle, Ticket ticket, Request asked, Actor actor) {
        Instant now = ground.now();
        Optional<WarrantyPolicy> policy = Entitlements.policy(handle, ticket.device());
        Burden.Claim claim = new Burden.Claim(asked.type(), asked.quality(),
                days(handle, ticket, policy.map(WarrantyPolicy::zone).orElse(ZoneOffset.UTC)), asked.unused(),
                asked.packIntact());
        Rma.Terms terms = new Rma.Terms(claim,
                Burden.of(policy.map(WarrantyPolicy::returns).orElse(NONE), claim),
                asked.newDevice(), false, null, Money.ZERO, null, null, null);
        Rma.Ask ask = new Rma.Ask(ticket.id(), asked.type(), ticket.device(), asked.reason(),
                actor.name(), now);
        Rma draft = new Rma(0, 1, ask, terms, RmaState.REQUESTED, now, List.of(), List.of(), null, null);
        if (asked.newDevice() != null) {
            effects.requireFree(handle, draft, asked.newDevice());
        }
        long id = RmaStore.insert(handle, draft).orElseThrow(() -> Problem.conflict("The device "
                + ask.device() + " comes back already: "
                + RmaStore.asOld(handle, ask.device()).orElse("in another return")));
        Rma rma = RmaStore.find(handle, id, false).orElseThrow();
        effects.opened(handle, rma);
        cases.note(handle, ticket.id(), actor, new Note(now, "rma",
                rma.number() + ": " + ask.type().text() + " requested, " + ask.reason(),
                told(rma).put("says", "requested").put("type", ask.type().text()).put("words",
                        ask.reason())));
        Audit.append(handle, new Audit.Entry(actor.principal(), "rma.request", "rma/" + id,
                Json.object().put("ticket", ticket.number()).put("type", ask.type().text()),
                actor.address()));
        return rma;
    }

    /// Lets an event happen; a [Problem] 409 says why not.
    Rma apply(Handle handle, Ticket ticket, Rma before, RmaEvent event, Actor actor) {
        Circumstances around = around(handle, ticket, before, actor);
        return switch (RmaFlow.next(before, event, around)) {
            case RmaFlow.Outcome.Refused refused -> throw Problem.conflict(before.number() + ": "
                    + refused.why());
            case RmaFlow.Outcome.Done done -> {
                DeviceId fresh = done.rma().terms().newDevice();
                if (fresh != null && !fresh.equals(before.terms().newDevice())) {
                    effects.requireFree(handle, before, fresh);
                }
                Rma after = RmaStore.update(handle, before, done.rma());
                effects.carryOut(handle, before, after, event, actor);
                cases.note(handle, ticket.id(), actor, new Note(ground.now(), "rma",
                        after.number() + ": " + RmaWords.of(before, after, event),
                        RmaWords.told(told(after), before, after, event)));
                ObjectNode detail = Json.object().put("from", before.state().text())
                        .put("to", after.state().text());
                detail.set("event", Json.tree(event));
                Audit.append(handle, new Audit.Entry(actor.principal(), "rma." + RmaWords.name(event),
                        "rma/" + after.id(), detail, actor.address()));
                yield after;
            }
        };
    }

    private static ObjectNode told(Rma rma) {
        return Json.object().put("rma", Long.toString(rma.id())).put("number", rma.number()).put("state",
                rma.state().text());
    }

    private Circumstances around(Handle handle, Ticket ticket, Rma rma, Actor actor) {
        boolean covered = Entitlements.ofCase(handle, ticket).map(Entitlement::covered).orElse(false);
        Returns rules = Entitlements.policy(handle, rma.ask().device()).map(WarrantyPolicy::returns)
                .orElse(NONE);
        return new Circumstances(actor.name(), covered, quotes.isAccepted(handle, ticket), rules,
                ground.now());
    }

    private @Nullable Long days(Handle handle, Ticket ticket, ZoneId zone) {
        LocalDate start = Entitlements.ofCase(handle, ticket).map(Entitlement::start).orElse(null);
        LocalDate asked = ticket.report().openedAt().atZone(zone).toLocalDate();
        return start == null ? null : ChronoUnit.DAYS.between(start, asked);
    }
}
