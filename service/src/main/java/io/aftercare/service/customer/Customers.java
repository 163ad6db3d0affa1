package io.aftercare.service.customer;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Customers as the other rooms of the desk meet them (R67). A contact belongs to the customer whose phone or e-mail it
/// names, and makes a new file where nobody's it is. Works in the caller's transaction.
public final class Customers {
    static final String PREFIX = "K-";
    private static final SecureRandom RANDOM = new SecureRandom();

    private Customers() {}

    /// Whose case it is; empty where nobody reported it and nobody was named.
    public static Optional<Customer> ofTicket(Handle handle, long ticket) {
        return CustomerStore.ofTicket(handle, ticket);
    }

    /// Whose contact it is.
    public static Optional<Customer> ofContact(Handle handle, String contact) {
        return CustomerStore.ofContact(handle, contact);
    }

    /// The file of this id, or the one that it was merged into.
    public static Optional<Customer> find(Handle handle, String id) {
        return CustomerStore.find(handle, id);
    }

    /// The group of the one who reports by this contact, so that a case's first clock knows it (R92).
    public static String gradeOfContact(Handle handle, String contact) {
        return ofContact(handle, contact).map(Customer::grade).orElse(Customer.STANDARD);
    }

    /// The group of a case's customer (R92).
    public static String gradeOfTicket(Handle handle, long ticket) {
        return ofTicket(handle, ticket).map(Customer::grade).orElse(Customer.STANDARD);
    }

    /// Under which ids other rooms may have written of this customer: files that were merged keep theirs.
    public static List<String> ids(Handle handle, String id) {
        return CustomerStore.ids(handle, id);
    }

    /// The customer's cases, the newest first, at most 1,000.
    public static List<Long> tickets(Handle handle, String id) {
        return CustomerStore.tickets(handle, id);
    }

    /// The pseudonyms under which cases know the customer.
    public static List<String> contacts(Handle handle, List<String> ids) {
        return handle.createQuery("SELECT contact FROM service.customer_contact WHERE customer = ANY(:ids)")
                .bind("ids", ids.toArray(String[]::new)).mapTo(String.class).list();
    }

    /// Who the customer is; empty where that was erased. Whoever shows it audits it: [#isNewReading].
    public static Optional<Person> person(Handle handle, String id) {
        return CustomerStore.person(handle, id);
    }

    /// Whether the customer allows this now ([Consents]).
    public static boolean allows(Handle handle, String id, String purpose) {
        return Consents.allows(handle, id, purpose);
    }

    /// Says whose case it is, whoever reported it.
    public static void give(Handle handle, long ticket, String customer) {
        CustomerStore.give(handle, ticket, customer);
    }

    /// Finds or makes the file of a new contact. Where phone and e-mail belong to two files, the phone decides and the
    /// pair is kept for people to judge.
    static Customer match(Handle handle, String contact, Contact told, Instant now) {
        Person person = Person.of(told);
        List<Reach> reaches = Reach.of(person);
        ReachIndex.lock(handle, reaches);
        List<String> known = reaches.stream().flatMap(reach -> ReachIndex.find(handle, reach).stream())
                .distinct()
                .toList();
        Customer customer = known.isEmpty()
                ? add(handle,
                        new Customer(newId(), 1, null, Customer.STANDARD, null, null, now, null),
                        person)
                : CustomerStore.find(handle, known.getFirst()).orElseThrow();
        if (known.size() > 1) {
            CustomerStore.doubt(handle, known.getFirst(), known.getLast(), now);
        } else if (!known.isEmpty()) {
            Person before = CustomerStore.person(handle, customer.id()).orElse(person);
            CustomerStore.putPerson(handle, customer.id(), before.or(person));
            reaches.forEach(reach -> ReachIndex.add(handle, reach, customer.id()));
        }
        CustomerStore.link(handle, contact, customer.id());
        return customer;
    }

    static Customer add(Handle handle, Customer customer, Person person) {
        CustomerStore.insert(handle, customer, person);
        Reach.of(person).forEach(reach -> ReachIndex.add(handle, reach, customer.id()));
        return customer;
    }

    static String newId() {
        return PREFIX + Long.toHexString(RANDOM.nextLong() | Long.MIN_VALUE);
    }

    /// Whether this look is a new reading, to be audited, and not the same reader's page refreshed.
    static boolean isNewReading(Handle handle, String id, String reader, Instant now) {
        return handle.createUpdate(
                """
                        INSERT INTO service.customer_reading AS seen (customer, reader, at) VALUES (:id, :reader, :now)
                        ON CONFLICT (customer, reader) DO UPDATE SET at = excluded.at WHERE seen.at < :before""")
                .bind("id", id).bind("reader", reader).bind("now", now)
                .bind("before", now.minus(Contacts.ONE_READING)).execute() == 1;
    }
}
