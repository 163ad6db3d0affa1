package io.aftercare.service.workorder;

import io.aftercare.fleet.device.DeviceId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is to be done, as it was ordered.
///
/// @param model  of the device, which decides who may be sent
/// @param region of the device, empty where it has none
/// @param outlet of the device: a partner's engineers serve their own outlet alone
/// @param detail what else is known
public record Job(DeviceId device, String model, String region, String outlet, WorkOrderType type,
        Detail detail) {
    /// @param task     in words: the fault, or what to install
    /// @param firmware the version that the device shall run at the end, null where the order is about something else
    /// @param site     where it is, null where that is not known
    /// @param tools    serials of the measuring tools that it needs (R76)
    /// @param choice   what the customer chose (R15), null where nobody asked
    public record Detail(String task, @Nullable String firmware, @Nullable Position site, List<String> tools,
            @Nullable String choice) {
        public Detail {
            tools = List.copyOf(tools);
        }
    }

    public String task() {
        return detail.task();
    }
}
