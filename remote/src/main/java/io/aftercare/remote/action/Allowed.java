package io.aftercare.remote.action;

import io.aftercare.remote.Surroundings.Purpose;

/// What a product's document says of one of its actions.
///
/// @param purpose what the customer is asked to allow
public record Allowed(ActionClass actionClass, Purpose purpose) {}
