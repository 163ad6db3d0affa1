package io.aftercare.service.customer;

import org.jdbi.v3.core.Handle;

/// Makes one file of two: contacts, cases and ways to reach the customer go over; what other rooms wrote under the merged id
/// stays there and is found by [CustomerStore#ids]. Works in the caller's transaction, which has locked both.
final class CustomerMerge {
    private CustomerMerge() {}

    static void into(Handle handle, Customer main, Customer merged) {
        Person person = CustomerStore.person(handle, main.id()).orElse(new Person(null, null, null, null));
        Person other = CustomerStore.person(handle, merged.id()).orElse(person);
        CustomerStore.putPerson(handle, main.id(), person.or(other));
        move(handle, "UPDATE service.customer_reach SET customer = :main WHERE customer = :merged", main,
                merged);
        move(handle, "UPDATE service.customer_contact SET customer = :main WHERE customer = :merged", main,
                merged);
        move(handle, "UPDATE service.customer_ticket SET customer = :main WHERE customer = :merged", main,
                merged);
        move(handle,
                "UPDATE service.customer SET merged_into = :main WHERE id = :merged OR merged_into = :merged",
                main, merged);
        handle.createUpdate("DELETE FROM service.customer_person WHERE customer = :merged")
                .bind("merged", merged.id()).execute();
        CustomerStore.update(handle, main.hold() == null && merged.hold() != null
                ? new Customer(main.id(), main.version(), main.locale(), main.grade(), main.channel(),
                        merged.hold(), main.createdAt(), null)
                : main);
    }

    private static void move(Handle handle, String sql, Customer main, Customer merged) {
        handle.createUpdate(sql).bind("main", main.id()).bind("merged", merged.id()).execute();
    }
}
