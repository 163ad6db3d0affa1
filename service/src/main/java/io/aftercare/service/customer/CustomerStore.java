package io.aftercare.service.customer;

import io.aftercare.fleet.postgres.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Customers' files in the database. Works in the caller's transaction.
final class CustomerStore {
    private static final String COLUMNS = "c.id, c.version, c.locale, c.grade, c.channel, c.hold, c.created_at,"
            + " c.erased_at";

    private CustomerStore() {}

    static void insert(Handle handle, Customer customer, Person person) {
        handle.createUpdate("""
                INSERT INTO service.customer (id, locale, grade, channel, created_at)
                VALUES (:id, :locale, :grade, :channel, :now)""").bind("id", customer.id())
                .bind("locale", customer.locale()).bind("grade", customer.grade())
                .bind("channel", customer.channel()).bind("now", customer.createdAt()).execute();
        putPerson(handle, customer.id(), person);
    }

    static void putPerson(Handle handle, String customer, Person person) {
        handle.createUpdate("""
                INSERT INTO service.customer_person (customer, name, phone, email, address)
                VALUES (:customer, :name, :phone, :email, :address)
                ON CONFLICT (customer) DO UPDATE SET name = excluded.name, phone = excluded.phone,
                    email = excluded.email, address = excluded.address""").bind("customer", customer)
                .bind("name", person.name()).bind("phone", person.phone()).bind("email", person.email())
                .bind("address", person.address()).execute();
    }

    static Optional<Person> person(Handle handle, String customer) {
        return handle.createQuery("""
                SELECT name, phone, email, address FROM service.customer_person WHERE customer = :customer""")
                .bind("customer", customer).map((row, _) -> new Person(row.getString(1), row.getString(2),
                        row.getString(3), row.getString(4)))
                .findOne();
    }

    /// Writes what became of a file, with its next version.
    static void update(Handle handle, Customer customer) {
        handle.createUpdate("""
                UPDATE service.customer SET version = version + 1, locale = :locale, grade = :grade,
                    channel = :channel, hold = :hold, erased_at = :erased WHERE id = :id""")
                .bind("id", customer.id()).bind("locale", customer.locale()).bind("grade", customer.grade())
                .bind("channel", customer.channel()).bind("hold", customer.hold())
                .bind("erased", customer.erasedAt()).execute();
    }

    /// The file, or the one that it was merged into.
    static Optional<Customer> find(Handle handle, String id) {
        return handle.createQuery("SELECT " + COLUMNS + """
                 FROM service.customer named
                JOIN service.customer c ON c.id = coalesce(named.merged_into, named.id)
                WHERE named.id = :id""").bind("id", id).map((row, _) -> customer(row)).findOne();
    }

    /// As [#find], and nobody else changes it before the end of the transaction.
    static Optional<Customer> lock(Handle handle, String id) {
        return find(handle, id).flatMap(found -> handle
                .createQuery("SELECT " + COLUMNS + " FROM service.customer c WHERE c.id = :id FOR UPDATE")
                .bind("id", found.id()).map((row, _) -> customer(row)).findOne());
    }

    static Optional<Customer> ofTicket(Handle handle, long ticket) {
        return handle.createQuery("SELECT " + COLUMNS + """
                 FROM service.ticket t
                LEFT JOIN service.customer_ticket given ON given.ticket = t.id
                LEFT JOIN service.customer_contact told ON told.contact = t.contact
                JOIN service.customer c ON c.id = coalesce(given.customer, told.customer)
                WHERE t.id = :ticket""").bind("ticket", ticket).map((row, _) -> customer(row)).findOne();
    }

    static Optional<Customer> ofContact(Handle handle, String contact) {
        return handle.createQuery("SELECT " + COLUMNS + """
                 FROM service.customer_contact told JOIN service.customer c ON c.id = told.customer
                WHERE told.contact = :contact""").bind("contact", contact).map((row, _) -> customer(row))
                .findOne();
    }

    static void link(Handle handle, String contact, String customer) {
        handle.createUpdate(
                "INSERT INTO service.customer_contact (contact, customer) VALUES (:contact, :customer)")
                .bind("contact", contact).bind("customer", customer).execute();
    }

    static void give(Handle handle, long ticket, String customer) {
        handle.createUpdate("""
                INSERT INTO service.customer_ticket (ticket, customer) VALUES (:ticket, :customer)
                ON CONFLICT (ticket) DO UPDATE SET customer = excluded.customer""").bind("ticket", ticket)
                .bind("customer", customer).execute();
    }

    static void doubt(Handle handle, String customer, String other, Instant now) {
        handle.createUpdate(
                """
                        INSERT INTO service.customer_doubt (customer, other, at)
                        VALUES (least(:customer, :other), greatest(:customer, :other), :now) ON CONFLICT DO NOTHING""")
                .bind("customer", customer).bind("other", other).bind("now", now).execute();
    }

    /// The file's own id and those that were merged into it.
    static List<String> ids(Handle handle, String id) {
        return handle.createQuery("SELECT id FROM service.customer WHERE id = :id OR merged_into = :id")
                .bind("id", id).mapTo(String.class).list();
    }

    /// The cases of a customer, the newest first.
    static List<Long> tickets(Handle handle, String id) {
        return handle
                .createQuery(
                        """
                                SELECT ticket FROM service.customer_ticket WHERE customer = :id
                                UNION SELECT t.id FROM service.customer_contact told JOIN service.ticket t ON t.contact = told.contact
                                WHERE told.customer = :id
                                  AND NOT EXISTS (SELECT FROM service.customer_ticket given WHERE given.ticket = t.id)
                                ORDER BY 1 DESC LIMIT 1000""")
                .bind("id", id).mapTo(Long.class).list();
    }

    /// Indexes those that were there before the index was.
    static void indexUnindexed(Handle handle) {
        handle.createQuery("""
                SELECT p.customer FROM service.customer_person p
                WHERE (p.phone IS NOT NULL OR p.email IS NOT NULL)
                  AND NOT EXISTS (SELECT FROM service.customer_reach r WHERE r.customer = p.customer)
                ORDER BY p.customer""").mapTo(String.class).list()
                .forEach(id -> person(handle, id).ifPresent(
                        person -> Reach.of(person).forEach(reach -> ReachIndex.add(handle, reach, id))));
    }

    static Customer customer(ResultSet row) throws SQLException {
        return new Customer(row.getString("id"), row.getInt("version"), row.getString("locale"),
                row.getString("grade"), row.getString("channel"), row.getString("hold"),
                Columns.time(row, "created_at"), Columns.instant(row, "erased_at"));
    }
}
