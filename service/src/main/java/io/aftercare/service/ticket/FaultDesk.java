package io.aftercare.service.ticket;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.postgres.Outbox;
import io.aftercare.service.ticket.TicketEvent.RaisedAgain;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Takes what the outbox tells of faults and fixes to the cases. Each notice may come twice: a fault opens a case once, and
/// everything else is the relay's, which hands a notice on exactly once.
final class FaultDesk {
    private final Tickets tickets;
    private final Duration reopenWithin;

    FaultDesk(Tickets tickets, Duration reopenWithin) {
        this.tickets = tickets;
        this.reopenWithin = reopenWithin;
    }

    /// A fault was raised for the first time.
    ///
    /// @return the case that was opened, empty where the fault joined one or wants none
    Optional<Ticket> raised(Handle handle, JsonNode payload) {
        FaultNotice notice = FaultNotice.of(payload);
        if (!notice.opens()) {
            return Optional.empty();
        }
        TicketStore.lockFingerprint(handle, notice.device(), notice.code());
        if (TicketStore.ofFault(handle, notice.fault()).isPresent()) {
            return Optional.empty();
        }
        return route(handle, notice);
    }

    /// A fault that is known was raised again.
    Optional<Ticket> raisedAgain(Handle handle, JsonNode payload) {
        FaultNotice notice = FaultNotice.of(payload);
        TicketStore.lockFingerprint(handle, notice.device(), notice.code());
        Optional<Ticket> known = TicketStore.ofFault(handle, notice.fault())
                .flatMap(id -> TicketStore.find(handle, id));
        if (known.isPresent() && known.get().state() == TicketState.CANCELLED) {
            apply(handle, known.get().id(), again(notice)); // a person said that it is no case
            return Optional.empty();
        }
        return known.isPresent() || notice.opens() ? route(handle, notice) : Optional.empty();
    }

    /// A fault that is open became worse or less bad. One that wanted no case may want one now.
    Optional<Ticket> weighed(Handle handle, JsonNode payload) {
        FaultNotice notice = FaultNotice.of(payload);
        TicketStore.lockFingerprint(handle, notice.device(), notice.code());
        Optional<Long> known = TicketStore.ofFault(handle, notice.fault());
        if (known.isEmpty()) {
            return notice.opens() ? route(handle, notice) : Optional.empty();
        }
        apply(handle, known.get(),
                new TicketEvent.Weighed(notice.fault(), notice.code(), notice.severity(), notice.priority(),
                        notice.at(), notice.values()));
        return Optional.empty();
    }

    void cleared(Handle handle, JsonNode payload) {
        FaultNotice notice = FaultNotice.of(payload);
        TicketStore.ofFault(handle, notice.fault())
                .ifPresent(id -> apply(handle, id,
                        new TicketEvent.Cleared(notice.fault(), notice.code(), notice.at())));
    }

    void fixScheduled(Handle handle, JsonNode payload) {
        mended(handle, payload, new TicketEvent.FixScheduled(FixMessage.of(payload)));
    }

    void fixInstalled(Handle handle, JsonNode payload) {
        mended(handle, payload, new TicketEvent.FixInstalled(FixMessage.of(payload),
                Instant.parse(payload.path("at").asText()), Duration.parse(payload.path("soak").asText())));
    }

    void fixFailed(Handle handle, JsonNode payload) {
        mended(handle, payload, new TicketEvent.FixMissing(FixMessage.of(payload), false,
                payload.path("reason").asText("no reason given")));
    }

    void fixWithheld(Handle handle, JsonNode payload) {
        mended(handle, payload, new TicketEvent.FixMissing(FixMessage.of(payload), true,
                payload.path("reason").asText("no reason given")));
    }

    private void mended(Handle handle, JsonNode payload, TicketEvent event) {
        List<String> codes = new ArrayList<>();
        payload.path("codes").forEach(code -> codes.add(code.asText()));
        DeviceId device = new DeviceId(payload.path("device").asText());
        TicketStore.openFor(handle, device, codes).forEach(id -> apply(handle, id, event));
    }

    private Optional<Ticket> route(Handle handle, FaultNotice notice) {
        FaultRouting.Route route = FaultRouting.decide(
                TicketStore.candidate(handle, notice.device(), notice.code()), notice.at(), reopenWithin);
        return switch (route) {
            case FaultRouting.OpenNew _ -> {
                Ticket opened = tickets.open(handle, notice);
                joined(handle, notice, opened.id());
                yield Optional.of(opened);
            }
            case FaultRouting.Join join -> join(handle, notice, join.ticket());
            case FaultRouting.Reopen reopen -> join(handle, notice, reopen.ticket());
            case FaultRouting.Late late -> join(handle, notice, late.ticket());
        };
    }

    private Optional<Ticket> join(Handle handle, FaultNotice notice, long ticket) {
        apply(handle, ticket, again(notice));
        joined(handle, notice, ticket);
        return Optional.empty();
    }

    private void joined(Handle handle, FaultNotice notice, long ticket) {
        TicketStore.link(handle, notice.fault(), ticket, tickets.now());
        MergeStore.cameBy(handle, notice.fault(), notice.device(), notice.code(), ticket);
        Outbox.append(handle, "ticket.opened", notice.fault() + ":" + ticket,
                Json.object().put("ticket", Long.toString(ticket)).put("number", Ticket.number(ticket))
                        .put("fault", notice.fault()).put("device", notice.device().value()));
    }

    private void apply(Handle handle, long ticket, TicketEvent event) {
        Optional<Tickets.Result> result = tickets.apply(handle, ticket, event, Actor.SYSTEM);
        if (result.orElse(null) instanceof Tickets.Result.Refused refused) {
            throw new IllegalStateException(refused.why());
        }
    }

    private static TicketEvent again(FaultNotice notice) {
        return new RaisedAgain(notice.fault(), notice.code(), notice.at(), notice.values());
    }
}
