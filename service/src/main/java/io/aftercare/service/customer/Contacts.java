package io.aftercare.service.customer;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Personal data of those who report cases. A case knows its customer by a random pseudonym alone; erasing the person
/// leaves the case whole. Works in the caller's transaction.
public final class Contacts {
    /// Within this time a second look of the same reader is the same reading.
    static final Duration ONE_READING = Duration.ofMinutes(15);
    private static final SecureRandom RANDOM = new SecureRandom();

    private Contacts() {}

    /// Keeps a contact that `writer` has taken down, and so read, and joins it to the customer whose it is.
    ///
    /// @return its pseudonym
    public static String add(Handle handle, Contact contact, String writer, Instant now) {
        String pseudonym = "C-" + Long.toHexString(RANDOM.nextLong() | Long.MIN_VALUE);
        handle.createUpdate("""
                INSERT INTO service.contact (id, name, phone, email, created_at)
                VALUES (:id, :name, :phone, :email, :now)""").bind("id", pseudonym)
                .bind("name", contact.name())
                .bind("phone", contact.phone()).bind("email", contact.email()).bind("now", now).execute();
        Customer customer = Customers.match(handle, pseudonym, contact, now);
        isNewReading(handle, pseudonym, writer, now);
        Customers.isNewReading(handle, customer.id(), writer, now);
        return pseudonym;
    }

    /// The contact, empty where it has been erased. The pseudonym of a customer's file leads to what the file says.
    public static Optional<Contact> find(Handle handle, String pseudonym) {
        if (pseudonym.startsWith(Customers.PREFIX)) {
            return Customers.person(handle, pseudonym)
                    .map(person -> new Contact(person.name(), person.phone(), person.email()));
        }
        return handle.createQuery("""
                SELECT name, phone, email FROM service.contact WHERE id = :id AND erased_at IS NULL""")
                .bind("id", pseudonym)
                .map((row, _) -> new Contact(row.getString(1), row.getString(2), row.getString(3)))
                .findOne();
    }

    /// Whether this look is a new reading, to be audited, and not the same reader's page refreshed.
    public static boolean isNewReading(Handle handle, String pseudonym, String reader, Instant now) {
        return handle.createUpdate("""
                INSERT INTO service.contact_reading AS seen (contact, reader, at) VALUES (:id, :reader, :now)
                ON CONFLICT (contact, reader) DO UPDATE SET at = excluded.at WHERE seen.at < :before""")
                .bind("id", pseudonym).bind("reader", reader).bind("now", now)
                .bind("before", now.minus(ONE_READING)).execute() == 1;
    }

    /// Forgets the person for good.
    ///
    /// @return whether there was anything to forget
    public static boolean erase(Handle handle, String pseudonym, Instant now) {
        return handle.createUpdate("""
                UPDATE service.contact SET name = NULL, phone = NULL, email = NULL, erased_at = :now
                WHERE id = :id AND erased_at IS NULL""").bind("id", pseudonym).bind("now", now)
                .execute() == 1;
    }
}
