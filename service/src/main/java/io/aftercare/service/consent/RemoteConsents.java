package io.aftercare.service.consent;

import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.postgres.Database;
import io.aftercare.service.customer.Consents;
import io.aftercare.service.customer.Customer;
import io.aftercare.service.customer.Customers;
import io.aftercare.service.ticket.Ticket;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// What customers allow to be done on their devices, as other features ask. Thread-safe; blocks.
public final class RemoteConsents {
    private final Database database;
    private final InstantSource clock;

    public RemoteConsents(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /// How the consent for a case stands; without a case, or where nothing was asked for it, the customer's standing one.
    ///
    /// @param ticket id or number of a case of this device
    public ConsentState of(DeviceId device, @Nullable String ticket, ConsentPurpose purpose) {
        return database.jdbi().withHandle(handle -> {
            Optional<Long> known = ticket == null ? Optional.empty() : id(handle, device, ticket);
            Optional<Customer> customer = known.isPresent()
                    ? Customers.ofTicket(handle, known.get())
                    : ofDevice(handle, device);
            List<Consents.Consent> standing = customer.isEmpty()
                    ? List.of()
                    : standing(handle, customer.get(), purpose);
            return ConsentStanding.of(known.flatMap(id -> ConsentSql.newest(handle, id, purpose)), standing,
                    clock.instant());
        });
    }

    private static List<Consents.Consent> standing(Handle handle, Customer customer, ConsentPurpose purpose) {
        return switch (purpose) {
            case ACTION -> answers(handle, customer, Consents.REMOTE);
            case DATA -> answers(handle, customer, Consents.COLLECTION);
            case SHELL -> List.of(); // is asked for each case
        };
    }

    private static List<Consents.Consent> answers(Handle handle, Customer customer, String purpose) {
        return Consents.of(handle, customer.id()).stream().filter(one -> one.purpose().equals(purpose))
                .toList();
    }

    private static Optional<Long> id(Handle handle, DeviceId device, String ticket) {
        return Ticket.idOf(ticket).flatMap(id -> handle
                .createQuery("SELECT id FROM service.ticket WHERE id = :id AND device = :device")
                .bind("id", id).bind("device", device).mapTo(Long.class).findOne());
    }

    private static Optional<Customer> ofDevice(Handle handle, DeviceId device) {
        return handle.createQuery("SELECT customer FROM fleet.device WHERE id = :id AND customer <> ''")
                .bind("id", device).mapTo(String.class).findOne().flatMap(id -> Customers.find(handle, id));
    }
}
