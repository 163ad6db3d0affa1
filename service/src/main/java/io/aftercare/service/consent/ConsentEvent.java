package io.aftercare.service.consent;

/// What happens to a question put to a customer.
enum ConsentEvent {
    GIVE,
    REFUSE,
    /// The customer takes back what was given, or staff take back what was asked.
    WITHDRAW,
    /// Its time is over.
    LAPSE
}
