package io.aftercare.service.rma;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.device.DeviceState;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.postgres.Outbox;
import io.aftercare.service.DeskGround;
import io.aftercare.service.rma.RmaEvent.Approve;
import io.aftercare.service.rma.RmaEvent.Cancel;
import io.aftercare.service.rma.RmaEvent.Choose;
import io.aftercare.service.rma.RmaEvent.Close;
import io.aftercare.service.rma.RmaEvent.HandOver;
import io.aftercare.service.rma.RmaEvent.Inspect;
import io.aftercare.service.rma.RmaEvent.Receive;
import io.aftercare.service.rma.RmaEvent.Refund;
import io.aftercare.service.rma.RmaEvent.Reject;
import io.aftercare.service.rma.RmaEvent.Repair;
import io.aftercare.service.rma.RmaEvent.Replace;
import io.aftercare.service.rma.RmaEvent.SendBack;
import io.aftercare.service.rma.RmaEvent.Ship;
import io.aftercare.service.sla.CaseClocks;
import io.aftercare.service.sla.ClockType;
import io.aftercare.service.ticket.Actor;
import io.aftercare.service.warranty.Exchanges;
import io.aftercare.service.warranty.Exclusion;
import io.aftercare.service.warranty.Findings;
import java.math.BigDecimal;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// What follows from a return: for the devices, the inspection's clock, the books and the customer. In the caller's transaction.
final class RmaEffects {
    private final DeskGround ground;
    private final CaseClocks clocks;
    private final Reserved reserved;

    RmaEffects(DeskGround ground, CaseClocks clocks, Reserved reserved) {
        this.ground = ground;
        this.clocks = clocks;
        this.reserved = reserved;
    }

    void opened(Handle handle, Rma rma) {
        ObjectNode payload = Json.object().put("role", "coordinator").put("template", "rma-approval-needed")
                .put("ticket", Long.toString(rma.ask().ticket()));
        payload.putObject("params").put("rma", rma.number()).put("device", rma.ask().device().value());
        Outbox.append(handle, "notice.staff", "rma/" + rma.id() + "/approval", payload);
    }

    void carryOut(Handle handle, Rma before, Rma after, RmaEvent event, Actor actor) {
        DeviceId old = after.ask().device();
        switch (event) {
            case Approve _ -> tell(handle, after, "rma-approved");
            case Ship(Shipment sent) -> shipped(handle, after, sent);
            case Receive(Receipt receipt) -> {
                if (receipt.matches()) {
                    ground.devices().become(handle, old, DeviceState.IN_REPAIR);
                    clocks.start(handle, after.ask().ticket(), ClockType.INSPECTION, ground.now());
                    tell(handle, after, "rma-received");
                }
            }
            case Inspect(Inspection report) -> {
                clocks.stop(handle, after.ask().ticket(), ClockType.INSPECTION, ground.now());
                if (report.verdict() == Verdict.MISUSE) {
                    Findings.add(handle, old, Exclusion.MISUSE, after.ask().ticket(), report.findings(),
                            report.photos(), actor.name(), ground.now());
                }
                tell(handle, after, "rma-report");
            }
            case Replace _ -> {
                exchange(handle, after);
                ground.devices().become(handle, old, DeviceState.REPLACED);
                tell(handle, after, "rma-ready");
            }
            case Refund refund -> {
                ground.devices().become(handle, old, DeviceState.RETIRED);
                post(handle, after, "compensation", refund.amount(), "Refund for " + old, "refund");
                tell(handle, after, "rma-refunded");
            }
            case Repair _, SendBack _ -> tell(handle, after, "rma-ready");
            case Close _ -> closed(handle, before, after);
            case Reject _ -> tell(handle, after, "rma-rejected");
            case Cancel _, Choose _, HandOver _ -> {
            }
        }
    }

    private void shipped(Handle handle, Rma rma, Shipment sent) {
        if (sent.payer() == Payer.COMPANY) {
            post(handle, rma, "logistics", sent.cost(), sent.carrier() + ' ' + sent.tracking(),
                    "shipment-" + rma.shipments().size());
        }
        if (!sent.inbound()) {
            tell(handle, rma, "rma-on-its-way");
            if (!sent.device().equals(rma.ask().device())) {
                exchange(handle, rma);
            }
        }
    }

    private void closed(Handle handle, Rma before, Rma rma) {
        if (before.state() == RmaState.REPAIRED || before.state() == RmaState.RETURNED) {
            ground.devices().become(handle, rma.ask().device(), DeviceState.ACTIVE);
        }
        post(handle, rma, "compensation", rma.terms().compensation(), "For the customer's trouble",
                "compensation");
    }

    // As soon as the customer gets the new device: from then on it is the one under warranty.
    private void exchange(Handle handle, Rma rma) {
        DeviceId fresh = Objects.requireNonNull(rma.terms().newDevice());
        if (Exchanges.record(handle, rma.ask().device(), fresh, rma.ask().ticket(), ground.now())) {
            ground.devices().succeed(handle, rma.ask().device(), fresh);
        }
    }

    /// A [Problem] where a device cannot be the new one of an exchange.
    void requireFree(Handle handle, Rma rma, DeviceId id) {
        DeviceId old = rma.ask().device();
        Device fresh = ground.devices().read(id).orElseThrow(() -> Problem.invalid("newDevice",
                "there is no device " + id + "; register it at POST /api/v1/devices"));
        Device before = ground.devices().read(old).orElseThrow();
        if (id.equals(old)) {
            throw Problem.conflict("A device cannot be exchanged for itself");
        }
        if (!fresh.model().equals(before.model())) {
            throw Problem.conflict("The device " + id + " is a " + fresh.model() + ", and " + old + " is a "
                    + before.model());
        }
        boolean isNobodys = fresh.state().equals("provisioned") || fresh.state().equals("active");
        if (!isNobodys || !fresh.customer().isEmpty()) {
            throw Problem.conflict("The device " + id + " is in use elsewhere: " + fresh.state()
                    + (fresh.customer().isEmpty() ? "" : ", customer " + fresh.customer()));
        }
        Optional<String> taken = RmaStore.asNew(handle, id, rma.id())
                .or(() -> RmaStore.asOld(handle, id)).map(number -> "in the return " + number)
                .or(() -> reserved.as(handle, id)).or(() -> Exchanges.of(handle, id));
        taken.ifPresent(why -> {
            throw Problem.conflict("The device " + id + " is in use elsewhere: " + why);
        });
    }

    private void post(Handle handle, Rma rma, String kind, BigDecimal amount, String text, String name) {
        if (amount.signum() > 0) {
            Outbox.append(handle, "cost.posted", "rma/" + rma.id() + '/' + name,
                    Json.object().put("ticket", Long.toString(rma.ask().ticket())).put("kind", kind)
                            .put("amount", amount).put("text", text).put("reference", rma.number())
                            .put("at", ground.now().toString()));
        }
    }

    private void tell(Handle handle, Rma rma, String template) {
        ObjectNode payload = Json.object().put("ticket", Long.toString(rma.ask().ticket()))
                .put("template", template);
        Shipment last = rma.shipments().isEmpty() ? null : rma.shipments().getLast();
        Inspection report = rma.inspection();
        payload.putObject("params").put("rma", rma.number()).put("device", rma.ask().device().value())
                .put("carrier", last == null ? "" : last.carrier())
                .put("tracking", last == null ? "" : last.tracking())
                .put("findings", report == null ? "" : report.findings())
                .put("payerZh", rma.terms().burden().reason().zh())
                .put("payerEn", rma.terms().burden().reason().en())
                .put("refund", rma.terms().refund() == null ? "" : rma.terms().refund().toPlainString());
        Outbox.append(handle, "notice.customer", "rma/" + rma.id() + '/' + rma.version() + '/' + template,
                payload);
    }
}
