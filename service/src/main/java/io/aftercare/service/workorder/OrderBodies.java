package io.aftercare.service.workorder;

import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.http.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The bodies of the requests about work orders, as the OpenAPI document lets them through.
final class OrderBodies {
    private OrderBodies() {}

    record New(String type, String task, @Nullable String firmware, @Nullable Position site,
            @Nullable List<String> tools) {
        Job job(Device device) {
            WorkOrderType wanted = WorkOrderType.parse(type)
                    .orElseThrow(() -> Problem.invalid("type", "use install, on-site or depot"));
            if (firmware != null && wanted != WorkOrderType.INSTALL) {
                throw Problem.invalid("firmware", "only an order of the type install brings software");
            }
            return new Job(device.id(), device.model(), device.region(), device.outlet(), wanted,
                    new Job.Detail(task.strip(), firmware, site, tools == null ? List.of() : tools, null));
        }
    }
}
