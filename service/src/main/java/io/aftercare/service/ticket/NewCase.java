package io.aftercare.service.ticket;

import io.aftercare.fleet.device.DeviceId;
import io.aftercare.service.customer.Contact;
import org.jspecify.annotations.Nullable;

/// A case as somebody reports it.
record NewCase(DeviceId device, String title, String description, String symptom, Origin origin,
        Priority priority, @Nullable Contact contact) {}
