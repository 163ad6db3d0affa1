package io.aftercare.fleet.device;

import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A device to be registered.
///
/// @param gateway id of the device that it is connected through, empty for none
/// @param token the device's secret, given by the maker or made by [DeviceToken#random]
record NewDevice(DeviceId id, String model, String hardware, String customer, @Nullable LocalDate purchased,
        String region, String outlet, Map<String, String> tags, String gateway,
        DeviceToken token) {}
