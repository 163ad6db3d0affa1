package io.aftercare.ota.campaign;

import io.aftercare.fleet.device.DeviceId;
import java.util.List;

/// Asks which faults wait for a fix; how a release that fixes some finds its devices. May block.
@FunctionalInterface
public interface OpenFaults {
    /// The faults of these codes on devices of `model` that fire, or whose case is still open.
    List<OpenFault> of(String model, List<String> codes);

    /// @param fault    its id
    /// @param firmware what the device runs
    record OpenFault(String fault, DeviceId device, String code, String firmware) {}
}
