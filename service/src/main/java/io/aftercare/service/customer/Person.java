package io.aftercare.service.customer;

import org.jspecify.annotations.Nullable;

/// Who a customer is. Kept apart from the file and gone when the person asks for it; each part may be missing.
public record Person(@Nullable String name, @Nullable String phone, @Nullable String email,
        @Nullable String address) {
    public Person {
        name = present(name);
        phone = present(phone);
        email = present(email);
        address = present(address);
    }

    static Person of(Contact contact) {
        return new Person(contact.name(), contact.phone(), contact.email(), null);
    }

    /// With the other's parts where this one has none.
    Person or(Person other) {
        return new Person(first(name, other.name), first(phone, other.phone), first(email, other.email),
                first(address, other.address));
    }

    private static @Nullable String first(@Nullable String one, @Nullable String other) {
        return one == null ? other : one;
    }

    private static @Nullable String present(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }
}
