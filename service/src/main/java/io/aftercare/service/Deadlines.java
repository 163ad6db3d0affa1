package io.aftercare.service;

import io.aftercare.service.customer.Customer;
import io.aftercare.service.customer.Customers;
import io.aftercare.service.calendar.CalendarRoom;
import io.aftercare.service.emergency.EmergencyRoom;
import io.aftercare.service.escalation.EscalationRoom;
import io.aftercare.service.sla.CaseClocks;
import io.aftercare.service.sla.Grades;
import io.aftercare.service.sla.PolicyRoom;
import io.aftercare.service.ticket.Cases;
import io.aftercare.service.ticket.TicketDesk;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The rooms of time: calendars, what is promised by them, who hears when it is not kept, and emergencies.
final class Deadlines implements Wing {
    private final List<Room> rooms;

    Deadlines(DeskGround ground, TicketDesk tickets, CaseClocks clocks, Duration every) {
        Cases cases = tickets.cases();
        this.rooms = List.of(new CalendarRoom(ground), new PolicyRoom(ground),
                new EscalationRoom(ground, cases, clocks, every),
                new EmergencyRoom(ground, cases, tickets::raise, every));
    }

    /// The grade of whoever reports; where nobody does, of the customer whose device it is.
    static String grade(Handle handle, String device, @Nullable String contact) {
        if (contact != null) {
            return Customers.gradeOfContact(handle, contact);
        }
        Optional<String> owner = handle.createQuery("SELECT customer FROM fleet.device WHERE id = :device")
                .bind("device", device).mapTo(String.class).findOne();
        return owner.flatMap(id -> Customers.find(handle, id)).map(Customer::grade).orElse(Grades.STANDARD);
    }

    @Override
    public List<Room> rooms() {
        return rooms;
    }
}
