package io.aftercare.service.complaint;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Page;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import io.aftercare.service.DeskGround;
import io.aftercare.service.complaint.Complaint.Grievance;
import io.aftercare.service.customer.Customer;
import io.aftercare.service.customer.Customers;
import io.aftercare.service.ticket.Actor;
import io.aftercare.service.ticket.Cases;
import io.aftercare.service.ticket.Ticket;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Complaints by HTTP (`openapi/service/complaint.yaml`). Each write is one transaction with its audit entry.
final class ComplaintRoutes {
    private final DeskGround ground;
    private final Cases cases;
    private final ComplaintDesk desk;

    ComplaintRoutes(DeskGround ground, Cases cases, ComplaintDesk desk) {
        this.ground = ground;
        this.cases = cases;
        this.desk = desk;
    }

    private record Log(@JsonProperty("class") String kind, String severity, String title,
            @Nullable String description,
            String channel, @Nullable String customer, @Nullable String ticket, @Nullable String device,
            @Nullable String owner) {}

    private record Move(String to, @Nullable String finding, @Nullable Boolean justified,
            @Nullable String writtenReply, @Nullable Integer satisfaction, @Nullable String note) {}

    private record Cause(String rootCause, String causeCode, @Nullable String recurrenceOf) {}

    private record Update(String text, @Nullable Boolean tellCustomer) {}

    void bind(Operations operations) {
        operations.on("logComplaint", this::log).on("listComplaints", this::list)
                .on("getComplaint", this::get)
                .on("editComplaint", this::edit).on("moveComplaint", this::move)
                .on("causeComplaint", this::cause).on("updateComplaint", this::update)
                .on("listComplaintHotSpots", this::hotSpots);
    }

    private Response log(Request request) {
        Log asked = request.body(Log.class);
        return ground.database().inTransaction(handle -> {
            Complaint complaint = desk.log(handle, grievance(handle, asked, request), asked.owner(),
                    actor(request));
            return Response
                    .created("/api/v1/complaints/" + complaint.id(), ComplaintView.of(handle, complaint))
                    .withVersion(complaint.version());
        });
    }

    private Grievance grievance(Handle handle, Log asked, Request request) {
        requireStaff(handle, asked.owner());
        Ticket ticket = asked.ticket() == null
                ? null
                : cases.visible(handle, request.principal(), asked.ticket());
        String device = asked.device() == null && ticket != null
                ? serial(ticket)
                : asked.device();
        if (!ComplaintReader.sees(handle, request.principal(), device)) {
            throw Problem.invalid("device", "name a device of your outlet, or one of its cases");
        }
        String customer = asked.customer();
        if (customer != null && Customers.find(handle, customer).isEmpty()) {
            throw Problem.invalid("customer", "there is no customer " + customer);
        }
        if (customer == null && ticket != null) {
            customer = Customers.ofTicket(handle, ticket.id()).map(Customer::id).orElse(null);
        }
        return new Grievance(asked.kind(), asked.severity(), asked.title().strip(),
                Objects.requireNonNullElse(asked.description(), ""), asked.channel(), customer,
                ticket == null ? null : Long.toString(ticket.id()), device, product(device),
                request.principal().name(), ground.now());
    }

    private static @Nullable String serial(Ticket ticket) {
        String serial = ticket.report().serial();
        return serial.isEmpty() ? null : serial;
    }

    private String product(@Nullable String device) {
        return device == null || !DeviceId.isSerial(device)
                ? ""
                : ground.devices().find(new DeviceId(device)).map(Device::model).orElse("");
    }

    private Response list(Request request) {
        return Response
                .ok(ground.database().jdbi().withHandle(handle -> ComplaintReader.list(handle, request)));
    }

    private Response get(Request request) {
        return ground.database().inTransaction(handle -> {
            Complaint complaint = ComplaintReader.visible(handle, request);
            return Response.versioned(ComplaintView.of(handle, complaint), complaint.version());
        });
    }

    private Response edit(Request request) {
        int version = request.ifMatch();
        JsonNode body = request.json();
        String owner = text(body, "owner");
        return change(request, (handle, complaint) -> {
            if (complaint.version() != version) {
                throw Problem.staleVersion("complaint", complaint.number(), complaint.version());
            }
            requireStaff(handle, owner);
            return desk.apply(handle, complaint, new ComplaintEvent.Edit(text(body, "class"),
                    text(body, "severity"), owner), actor(request), false);
        });
    }

    private Response move(Request request) {
        Move asked = request.body(Move.class);
        ComplaintEvent event = event(asked);
        return change(request, (handle, complaint) -> {
            request.ifMatchGiven().filter(version -> version != complaint.version()).ifPresent(_ -> {
                throw Problem.staleVersion("complaint", complaint.number(), complaint.version());
            });
            return desk.apply(handle, complaint, event, actor(request),
                    event instanceof ComplaintEvent.Answer);
        });
    }

    private static ComplaintEvent event(Move asked) {
        ComplaintState to = ComplaintState.parse(asked.to())
                .orElseThrow(() -> Problem.invalid("to", "there is no state " + asked.to()));
        return switch (to) {
            case LOGGED -> throw Problem.conflict("A complaint is logged once");
            case VERIFIED -> new ComplaintEvent.Verify(Objects.requireNonNullElse(asked.finding(), ""),
                    asked.justified() == null || asked.justified());
            case INVESTIGATING -> new ComplaintEvent.Investigate(asked.note());
            case ANSWERED -> new ComplaintEvent.Answer(asked.writtenReply());
            case FOLLOWED_UP -> {
                if (asked.satisfaction() == null) {
                    throw Problem.conflict(
                            "To follow up say how satisfied the customer is, in satisfaction (1 to 5)");
                }
                yield new ComplaintEvent.FollowUp(asked.satisfaction(),
                        Objects.requireNonNullElse(asked.note(), ""));
            }
            case CLOSED -> new ComplaintEvent.Close(asked.note());
        };
    }

    private Response cause(Request request) {
        Cause asked = request.body(Cause.class);
        return change(request, (handle, complaint) -> {
            List<Long> same = ComplaintStore.same(handle, complaint, asked.causeCode(),
                    ComplaintRoom.RECURRENCE);
            String before = same.isEmpty() ? null : Long.toString(same.getFirst());
            if (asked.recurrenceOf() != null) {
                before = asked.recurrenceOf();
                requireOther(handle, complaint, before);
            }
            return desk.apply(handle, complaint,
                    new ComplaintEvent.Cause(asked.rootCause(), asked.causeCode(), before), actor(request),
                    false);
        });
    }

    private static void requireOther(Handle handle, Complaint complaint, String other) {
        if (Long.parseLong(other) == complaint.id()
                || ComplaintStore.find(handle, Long.parseLong(other)).isEmpty()) {
            throw Problem.invalid("recurrenceOf", "there is no other complaint " + other);
        }
    }

    private Response update(Request request) {
        Update asked = request.body(Update.class);
        Response changed = change(request, (handle, complaint) -> desk.apply(handle, complaint,
                new ComplaintEvent.Update(asked.text()), actor(request),
                Boolean.TRUE.equals(asked.tellCustomer())));
        return new Response(201, changed.body(), changed.headers());
    }

    private Response hotSpots(Request request) {
        Instant from = ground.now().minus(ComplaintRoom.RECURRENCE);
        return Response.ok(new Page<>(ground.database().jdbi()
                .withHandle(handle -> ComplaintReader.hotSpots(handle, from, request.limit())), null));
    }

    private Response change(Request request, BiFunction<Handle, Complaint, Complaint> change) {
        return ground.database().inTransaction(handle -> {
            Complaint after = change.apply(handle, ComplaintReader.locked(handle, request));
            return Response.versioned(ComplaintView.of(handle, after), after.version());
        });
    }

    private static @Nullable String text(JsonNode body, String field) {
        return body.hasNonNull(field) ? body.get(field).asText() : null;
    }

    static void requireStaff(Handle handle, @Nullable String name) {
        boolean known = name == null
                || handle.createQuery("SELECT EXISTS (SELECT FROM fleet.staff WHERE name = :name AND active)")
                        .bind("name", name).mapTo(Boolean.class).one();
        if (!known) {
            throw Problem.invalid("owner", "there is no active user " + name);
        }
    }

    static Actor actor(Request request) {
        return new Actor(request.principal(), request.address());
    }
}
