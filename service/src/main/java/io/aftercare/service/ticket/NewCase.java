package io.aftercare.service.ticket;

import io.aftercare.fleet.device.DeviceId;
import io.aftercare.service.customer.Contact;
import org.jspecify.annotations.Nullable;

/// A case as somebody reports it, by whatever channel (R11).
///
/// @param device null where it is not known which one it is; [Intake#serial] has what was told
public record NewCase(@Nullable DeviceId device, String title, String description, String symptom,
        Origin origin, Classification classification, Intake intake, @Nullable Contact contact) {}
