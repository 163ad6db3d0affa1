package io.aftercare.service.customer;

import com.fasterxml.jackson.annotation.JsonIgnore;
import org.jspecify.annotations.Nullable;

/// How a customer is reached; each part may be missing.
public record Contact(@Nullable String name, @Nullable String phone, @Nullable String email) {
    public Contact {
        name = present(name);
        phone = present(phone);
        email = present(email);
    }

    @JsonIgnore
    public boolean isEmpty() {
        return name == null && phone == null && email == null;
    }

    private static @Nullable String present(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }
}
