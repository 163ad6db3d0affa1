package io.aftercare.service.loaner;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.aftercare.fleet.device.DeviceId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A device of the pool.
///
/// @param equivalents models that it stands in for, besides its own
/// @param ticket      case in which it is lent now, null where it is not
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Loaner(DeviceId device, String model, int version, LoanerState state,
        List<String> equivalents, String note, @Nullable Integer ticket) {
    public Loaner {
        equivalents = List.copyOf(equivalents);
    }

    boolean standsInFor(String other) {
        return model.equals(other) || equivalents.contains(other);
    }
}
