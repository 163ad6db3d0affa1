package io.aftercare.ota.ddi;

import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.device.Devices;
import io.aftercare.fleet.http.Problem;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Who a request comes from: the device itself, by its token, or a gateway that speaks for all. Thread-safe.
final class Door {
    private static final String TARGET = "TargetToken ";
    private static final String GATEWAY = "GatewayToken ";

    private final DdiConfig config;
    private final Devices devices;

    Door(DdiConfig config, Devices devices) {
        this.config = config;
        this.devices = devices;
    }

    /// As [#enter], if that can be said without asking the database.
    Optional<Device> peek(String id, @Nullable String authorization) {
        if (authorization == null || !DeviceId.isSerial(id)) {
            return Optional.empty();
        }
        if (authorization.startsWith(TARGET)) {
            return devices.recall(new DeviceId(id), authorization.substring(TARGET.length()).strip());
        }
        return isGateway(authorization)
                ? devices.recall(new DeviceId(id)).filter(Device::mayConnect)
                : Optional.empty();
    }

    /// The device, or a [Problem] 401. Blocks.
    ///
    /// @param poll whether an unknown device may be made known by this request
    Device enter(String id, @Nullable String authorization, boolean poll) {
        Optional<Device> device = Optional.empty();
        if (authorization != null && DeviceId.isSerial(id)) {
            if (authorization.startsWith(TARGET)) {
                device = devices.authenticate(new DeviceId(id),
                        authorization.substring(TARGET.length()).strip());
            } else if (isGateway(authorization)) {
                device = behindGateway(new DeviceId(id), poll).filter(Device::mayConnect);
            }
        }
        return device.orElseThrow(() -> Problem.unauthorized(
                "Send the device's own token: Authorization: TargetToken <token>, or a gateway's: GatewayToken <token>"));
    }

    private Optional<Device> behindGateway(DeviceId id, boolean poll) {
        Optional<Device> known = devices.find(id);
        return known.isPresent() || !poll || config.product().isEmpty()
                ? known
                : devices.introduce(id, config.product());
    }

    private boolean isGateway(String authorization) {
        return !config.gatewayToken().isEmpty() && authorization.startsWith(GATEWAY)
                && MessageDigest.isEqual(
                        authorization.substring(GATEWAY.length()).strip().getBytes(StandardCharsets.UTF_8),
                        config.gatewayToken().getBytes(StandardCharsets.UTF_8));
    }
}
