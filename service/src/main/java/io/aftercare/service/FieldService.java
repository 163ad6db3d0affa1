package io.aftercare.service;

import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.postgres.OutboxRelay;
import io.aftercare.service.engineer.EngineerRoom;
import io.aftercare.service.engineer.Jobs;
import io.aftercare.service.ticket.Cases;
import io.aftercare.service.workorder.WorkOrderRoom;
import io.aftercare.service.workorder.WorkOrders;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/// People who repair, and what they are sent to do: the rooms of engineers and of work orders, wired together.
final class FieldService implements Room {
    private final WorkOrderRoom workOrders;
    private final List<Room> rooms;

    FieldService(DeskGround ground, Cases cases, ServiceConfig config) {
        WorkOrders orders = new WorkOrders();
        EngineerRoom engineers = new EngineerRoom(ground, new JobsOfOrders(orders), (_, _, _) -> Map.of(),
                config.lookEvery());
        this.workOrders = new WorkOrderRoom(ground, cases, orders);
        this.rooms = List.of(engineers, workOrders);
    }

    /// Work orders, for the rooms that belong to them.
    WorkOrders orders() {
        return workOrders.orders();
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
    public void bind(Operations operations) {
        rooms.forEach(room -> room.bind(operations));
    }

    @Override
    public void subscribe(OutboxRelay relay) {
        rooms.forEach(room -> room.subscribe(relay));
    }

    @Override
    public void start() {
        rooms.forEach(Room::start);
    }

    @Override
    public void close() {
        rooms.reversed().forEach(Room::close);
    }
}
