package io.aftercare.simulator.device;

import io.aftercare.simulator.physics.Kind;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What breaks, when, on which device.
public record FaultPlan(List<Injection> injections) {
    public static final FaultPlan NOTHING = new FaultPlan(List.of());
    private static final Pattern FORM = Pattern.compile(
            "([a-z-]+)@(\\d+(?:\\.\\d+)?)(ms|s|m|h)(?:\\+(\\d+(?:\\.\\d+)?)(ms|s|m|h))?(?::([A-Za-z0-9._-]{1,64}))?");

    /// One thing that breaks.
    ///
    /// @param after since the fleet started
    /// @param lasting how long, for ever if empty
    /// @param device only this one, every one of the kind if empty
    public record Injection(String fault, Duration after, Optional<Duration> lasting,
            Optional<String> device) {
        boolean active(Duration elapsed) {
            return elapsed.compareTo(after) >= 0
                    && lasting.map(length -> elapsed.compareTo(after.plus(length)) < 0).orElse(true);
        }
    }

    public FaultPlan {
        injections = List.copyOf(injections);
    }

    /// Reads `NAME@AFTER[+LASTING][:DEVICE]`, such as `fuser-overheat@20s` or `jam@1m+30s:LOCK-7`.
    ///
    /// @throws IllegalArgumentException quoting what was not understood and naming the faults there are
    public static FaultPlan parse(List<String> texts) {
        return new FaultPlan(texts.stream().map(FaultPlan::injection).toList());
    }

    private static Injection injection(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException("fault '" + text
                    + "' is not NAME@AFTER[+LASTING][:DEVICE], such as fuser-overheat@20s");
        }
        if (Arrays.stream(Kind.values()).noneMatch(kind -> kind.faults().containsKey(form.group(1)))) {
            throw new IllegalArgumentException("there is no fault '" + form.group(1) + "'; there are "
                    + Arrays.stream(Kind.values())
                            .map(kind -> kind.word() + ": " + String.join(", ", kind.faults().keySet()))
                            .collect(Collectors.joining("; ")));
        }
        return new Injection(form.group(1), duration(form.group(2), form.group(3)),
                form.group(4) == null
                        ? Optional.empty()
                        : Optional.of(duration(form.group(4), form.group(5))),
                Optional.ofNullable(form.group(6)));
    }

    private static Duration duration(String number, String unit) {
        double millis = Double.parseDouble(number) * switch (unit) {
            case "ms" -> 1;
            case "s" -> 1_000;
            case "m" -> 60_000;
            default -> 3_600_000;
        };
        return Duration.ofMillis((long) millis);
    }

    /// The faults of one device at a time since the start.
    Set<String> active(String device, Duration elapsed) {
        return injections.stream().filter(each -> each.device.map(device::equals).orElse(true))
                .filter(each -> each.active(elapsed)).map(Injection::fault)
                .collect(Collectors.toUnmodifiableSet());
    }
}
