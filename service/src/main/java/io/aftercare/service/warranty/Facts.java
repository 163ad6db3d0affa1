package io.aftercare.service.warranty;

import io.aftercare.fleet.device.DeviceId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is known of a device and a part of it, for [Coverage]. Dates are those of the device that the customer bought, however
/// often it was exchanged since.
///
/// @param part     of what the question is
/// @param exchange how it came to the customer, null where it was bought
/// @param leftFor  what it was exchanged for, null where it was not
/// @param findings that hold, on the device or on this part
public record Facts(DeviceId device, String model, String region, String customer, Origin origin, Part part,
        @Nullable Swap exchange, @Nullable Swap leftFor, List<Finding> findings) {
    public Facts {
        findings = List.copyOf(findings);
    }

    Facts with(Origin other) {
        return new Facts(device, model, region, customer, other, part, exchange, leftFor, findings);
    }

    /// The same device, and another part of it.
    Facts of(Part other) {
        return new Facts(device, model, region, customer, origin, other, exchange, leftFor, findings);
    }

    /// Where the count may begin.
    ///
    /// @param recorded whether the day of purchase is the seller's own record, and not only what the customer says
    /// @param proof    reference of the receipt or invoice
    public record Origin(@Nullable LocalDate purchased, boolean recorded, @Nullable String proof,
            @Nullable LocalDate activated, @Nullable LocalDate produced) {
        static final Origin UNKNOWN = new Origin(null, false, null, null, null);
    }

    /// @param serial   null for the device as a whole
    /// @param repaired when a repair fitted it, null for one that it was made with
    /// @param gone     when it was taken out, null while it is in
    public record Part(ComponentClass kind, @Nullable String serial, @Nullable Instant repaired,
            @Nullable Instant gone) {
        public static final Part WHOLE = new Part(ComponentClass.MAIN, null, null, null);
    }

    /// One exchange, seen from one of its two devices.
    public record Swap(DeviceId other, Instant at) {}

    /// Something that was found, from which on a warranty does not stand.
    ///
    /// @param ticket the case that alone it is about, null where it is about all
    public record Finding(Exclusion exclusion, Instant at, @Nullable String component,
            @Nullable Long ticket) {}
}
