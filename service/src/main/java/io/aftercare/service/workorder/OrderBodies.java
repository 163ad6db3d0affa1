package io.aftercare.service.workorder;

import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.http.Problem;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

    /// Without times: as it was dispatched.
    record Appointment(@Nullable Instant start, @Nullable Instant end) {}

    record Preparation(Map<String, Boolean> items) {}

    record Arrival(Map<String, String> answers) {}

    record Repair(String symptom, String process, @Nullable List<Part> parts, int minutes,
            @Nullable Integer travelMinutes, String result) {
        Course.Repair toRepair() {
            List<Course.Fitted> fitted = parts == null
                    ? List.of()
                    : parts.stream().map(one -> new Course.Fitted(one.part(), one.serial(),
                            Objects.requireNonNullElse(one.quantity(), 1))).toList();
            return new Course.Repair(symptom.strip(), process.strip(), fitted, minutes,
                    Objects.requireNonNullElse(travelMinutes, 0), result.strip());
        }
    }

    record Part(String part, @Nullable String serial, @Nullable Integer quantity) {}

    record Test(List<Check> checks) {
        List<Course.Check> toChecks() {
            return checks.stream()
                    .map(one -> new Course.Check(one.name().strip(), one.value(), one.limit(), one.passed()))
                    .toList();
        }
    }

    record Check(String name, String value, @Nullable String limit, boolean passed) {}

    record Move(String to, @Nullable String reason) {}

    record HandBack(String how, @Nullable Boolean recordChecked, @Nullable Boolean feesChecked,
            @Nullable BigDecimal amount, @Nullable String tracking) {}
}
