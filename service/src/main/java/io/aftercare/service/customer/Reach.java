package io.aftercare.service.customer;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A phone number or an e-mail address in the one form in which two of them are compared. Pure.
///
/// @param text such as `phone:861012345678` or `email:li@example.org`
record Reach(String text) {
    /// Numbers without a country belong to this one.
    private static final String COUNTRY = "86";
    private static final int DIGITS_MIN = 5;

    /// `+86 10 1234 5678`, `0086-10-12345678` and `010 1234 5678` are one number; what follows an `x` is an extension.
    static Optional<Reach> ofPhone(@Nullable String phone) {
        if (phone == null) {
            return Optional.empty();
        }
        String plain = Normalizer.normalize(phone, Normalizer.Form.NFKC).strip().split("[xX]", 2)[0];
        String digits = plain.replaceAll("[^0-9]", "");
        if (digits.length() < DIGITS_MIN) {
            return Optional.empty();
        }
        if (plain.startsWith("+")) {
            return Optional.of(new Reach("phone:" + digits));
        }
        if (digits.startsWith("00")) {
            return Optional.of(new Reach("phone:" + digits.substring(2)));
        }
        return Optional
                .of(new Reach("phone:" + COUNTRY + (digits.startsWith("0") ? digits.substring(1) : digits)));
    }

    static Optional<Reach> ofEmail(@Nullable String email) {
        if (email == null || email.isBlank()) {
            return Optional.empty();
        }
        String plain = Normalizer.normalize(email, Normalizer.Form.NFKC).strip().toLowerCase(Locale.ROOT);
        return Optional.of(new Reach("email:" + plain));
    }

    static List<Reach> of(Person person) {
        List<Reach> all = new ArrayList<>();
        ofPhone(person.phone()).ifPresent(all::add);
        ofEmail(person.email()).ifPresent(all::add);
        return all;
    }
}
