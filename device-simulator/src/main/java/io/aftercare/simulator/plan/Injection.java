package io.aftercare.simulator.plan;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// One thing that is to happen to devices.
///
/// @param after since the fleet started
/// @param lasting how long, for ever if empty
/// @param device only this one, every one that it can happen to if empty
public record Injection(String name, Duration after, Optional<Duration> lasting, Optional<String> device) {
    private static final Pattern FORM = Pattern.compile(
            "([a-z-]+)@(\\d+(?:\\.\\d+)?)(ms|s|m|h)(?:\\+(\\d+(?:\\.\\d+)?)(ms|s|m|h))?(?::([A-Za-z0-9._-]{1,64}))?");

    /// Reads `NAME@AFTER[+LASTING][:DEVICE]`.
    ///
    /// @param what such as `fault`, for the message
    /// @param example of the right form, for the message
    /// @throws IllegalArgumentException quoting what was not understood; the name may be any
    public static Injection parse(String text, String what, String example) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException(
                    what + " '" + text + "' is not NAME@AFTER[+LASTING][:DEVICE], such as " + example);
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

    /// The names of what happens to one device at a time since the start.
    public static Set<String> active(Collection<Injection> all, String device, Duration elapsed) {
        return all.stream().filter(each -> each.device.map(device::equals).orElse(true))
                .filter(each -> each.isActive(elapsed)).map(Injection::name)
                .collect(Collectors.toUnmodifiableSet());
    }

    private boolean isActive(Duration elapsed) {
        return elapsed.compareTo(after) >= 0
                && lasting.map(length -> elapsed.compareTo(after.plus(length)) < 0).orElse(true);
    }

    /// Reads many, each in the form of [#parse].
    public static List<Injection> parseAll(List<String> texts, String what, String example) {
        return texts.stream().map(text -> parse(text, what, example)).toList();
    }
}
