package io.aftercare.service.warranty;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.service.text.Kebab;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What somebody may claim for a device, or a part of it, at a time, and why.
///
/// @param component     serial of the part, null for the device as a whole
/// @param scope         what kind of part it is
/// @param covered       whether a repair is free (R2)
/// @param start         first day, null where none is known
/// @param until         last day, null where there is none
/// @param policy        id of the policy that is for it, null where there is none
/// @param policyVersion 0 where there is none
/// @param freeExchange  whether a quality defect may be exchanged free
/// @param guarantees    the three guarantees, each with its days
/// @param needs         what would change the answer
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Entitlement(DeviceId device, @Nullable String component, ComponentClass scope, Instant at,
        boolean covered, State state, @Nullable LocalDate start, @Nullable LocalDate until,
        @Nullable String policy, int policyVersion, @Nullable Profile profile, boolean freeExchange,
        List<Guarantee> guarantees, List<Reason> reasons, List<Reason> needs) {
    public Entitlement {
        guarantees = List.copyOf(guarantees);
        reasons = List.copyOf(reasons);
        needs = List.copyOf(needs);
    }

    /// Where a warranty stands.
    public enum State {
        ACTIVE,
        EXPIRED,
        /// Not begun yet.
        PENDING,
        /// Ended by what was found.
        VOID,
        /// Stands, but not for this case.
        EXCLUDED,
        /// Went on to the device that it was exchanged for.
        TRANSFERRED,
        /// Would perhaps stand, if the purchase were shown.
        UNPROVEN,
        /// There is none for this kind of part, or no policy at all.
        NONE;

        @JsonValue
        public String text() {
            return Kebab.of(this);
        }
    }

    /// One of the three guarantees (R5).
    ///
    /// @param open whether it can be claimed at the time asked about
    public record Guarantee(Remedy remedy, LocalDate from, LocalDate until, boolean open) {}

    public boolean offers(Remedy remedy) {
        return guarantees.stream().anyMatch(one -> one.open() && one.remedy() == remedy);
    }
}
