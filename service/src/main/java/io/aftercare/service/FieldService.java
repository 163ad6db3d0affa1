package io.aftercare.service;

import io.aftercare.service.engineer.Engineer;
import io.aftercare.service.engineer.EngineerRoom;
import io.aftercare.service.engineer.Engineers;
import io.aftercare.service.engineer.Jobs;
import io.aftercare.service.portal.PortalLinks;
import io.aftercare.service.sla.CaseClocks;
import io.aftercare.service.sla.ClockType;
import io.aftercare.service.ticket.Cases;
import io.aftercare.service.ticket.Ticket;
import io.aftercare.service.workorder.Crew;
import io.aftercare.service.workorder.PartsGate;
import io.aftercare.service.workorder.Position;
import io.aftercare.service.workorder.Slot;
import io.aftercare.service.workorder.Surroundings;
import io.aftercare.service.workorder.VisitClock;
import io.aftercare.service.workorder.Course;
import io.aftercare.service.workorder.WorkOrder;
import io.aftercare.service.workorder.WorkOrderRoom;
import io.aftercare.service.workorder.WorkOrders;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/// People who repair, and what they are sent to do: the rooms of engineers and of work orders, wired together.
final class FieldService implements Wing {
    private final WorkOrderRoom workOrders;
    private final List<Room> rooms;

    /// @param clocks the promise to be there in time
    FieldService(DeskGround ground, Cases cases, CaseClocks clocks, ServiceConfig config) {
        WorkOrders orders = new WorkOrders();
        EngineerRoom engineers = new EngineerRoom(ground, new JobsOfOrders(orders), (_, _, _) -> Map.of(),
                config.lookEvery());
        this.workOrders = new WorkOrderRoom(ground, cases, orders,
                new Surroundings(new CrewOfEngineers(engineers.engineers(), ground), new Demands(cases),
                        new OnSite(clocks),
                        (handle, token) -> PortalLinks.caseOf(handle, token, ground.now())));
        this.rooms = List.of(engineers, workOrders);
    }

    /// Work orders, for the rooms that belong to them.
    WorkOrders orders() {
        return workOrders.orders();
    }

    private record CrewOfEngineers(Engineers engineers, DeskGround ground) implements Crew {
        @Override
        public List<Member> members(Handle handle) {
            return engineers.all(handle).stream().map(CrewOfEngineers::member).toList();
        }

        @Override
        public List<Member> members(Handle handle, String model, Slot slot) {
            return engineers.fitness(handle, model, slot.start(), slot.end(), ground.now()).stream()
                    .map(CrewOfEngineers::member).toList();
        }

        @Override
        public Tools tools(Handle handle, Collection<String> serials, Slot slot) {
            Engineers.ToolCheck check = engineers.tools(handle, serials, slot.end());
            return new Tools(check.refuse(), check.troubles());
        }

        private static Member member(Engineers.Fitness one) {
            Engineer engineer = one.engineer();
            Engineer.Home home = engineer.profile().home();
            return new Member(engineer.name(), engineer.number(), engineer.profile().region(),
                    engineer.outlet(),
                    home == null ? null : new Position(home.lat(), home.lon()), one.refusals());
        }
    }

    /// What the customer must have agreed to, and what must have been given out.
    private record Demands(Cases cases) implements PartsGate {
        @Override
        public Optional<String> missingToRepair(Handle handle, WorkOrder order) {
            return Supplies.QUOTES.missingToRepair(handle, ticket(handle, order));
        }

        @Override
        public Optional<String> missingToFit(Handle handle, WorkOrder order, Course.Fitted part) {
            return Supplies.FITTING.missing(handle, ticket(handle, order), order.job().model(), part.part(),
                    part.quantity());
        }

        private Ticket ticket(Handle handle, WorkOrder order) {
            return cases.find(handle, order.ticket()).orElseThrow();
        }
    }

    private record OnSite(CaseClocks clocks) implements VisitClock {
        @Override
        public void ordered(Handle handle, long ticket, Instant at) {
            clocks.start(handle, ticket, ClockType.ON_SITE, at);
        }

        @Override
        public void arrived(Handle handle, long ticket, Instant at) {
            clocks.stop(handle, ticket, ClockType.ON_SITE, at);
        }

        @Override
        public void calledOff(Handle handle, long ticket, Instant at) {
            clocks.withdraw(handle, ticket, ClockType.ON_SITE, at);
        }
    }

    private record JobsOfOrders(WorkOrders orders) implements Jobs {
        @Override
        public Map<String, Integer> load(Handle handle) {
            return orders.load(handle);
        }

        @Override
        public Set<String> busy(Handle handle) {
            return orders.busy(handle);
        }

        @Override
        public Map<String, Figures> figures(Handle handle, Instant from, Instant to) {
            Map<String, Figures> all = new HashMap<>();
            orders.finished(handle, from, to).forEach((name, one) -> all.put(name,
                    new Figures(one.done(), one.failed(), one.firstTimeFix(), one.minutes())));
            return all;
        }
    }

    @Override
    public List<Room> rooms() {
        return rooms;
    }
}
