package io.aftercare.simulator.ota;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which updates go wrong, how and on which devices.
public record FailurePlan(List<Entry> entries, long seed) {
    public static final FailurePlan NOTHING = new FailurePlan(List.of(), 0);
    private static final Pattern FORM = Pattern.compile(
            "([a-z-]+)(?:@([a-z]+))?(?:=(\\d{1,9}))?(?:%(\\d{1,3}))?(?:x(\\d{1,6}))?(?::([A-Za-z0-9._-]{1,64}))?");

    /// One thing that goes wrong.
    ///
    /// @param step for a power loss; empty: each device has one of its own, by chance
    /// @param value bytes a second of a slow link; 0 elsewhere
    /// @param share percent of the devices that have it, chosen by the seed
    /// @param times how often it happens to a device
    /// @param device only this one, if not empty
    public record Entry(Failure failure, Optional<Step> step, long value, int share, int times,
            Optional<String> device) {}

    public FailurePlan {
        entries = List.copyOf(entries);
    }

    /// Reads `NAME[@STEP][=BYTES][%SHARE][xTIMES][:DEVICE]`, such as `power-loss@installing%20` or `flashx2:LP-1`.
    ///
    /// @param seed decides which devices a share of them is
    /// @throws IllegalArgumentException quoting what was not understood and naming what there is
    public static FailurePlan parse(List<String> texts, long seed) {
        return new FailurePlan(texts.stream().map(FailurePlan::entry).toList(), seed);
    }

    private static Entry entry(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException("update failure '" + text
                    + "' is not NAME[@STEP][=BYTES][%SHARE][xTIMES][:DEVICE], such as power-loss@installing%20");
        }
        Failure failure = Failure.of(form.group(1));
        Optional<Step> step = Optional.ofNullable(form.group(2)).map(Step::of);
        long value = form.group(3) == null ? 0 : Long.parseLong(form.group(3));
        int share = form.group(4) == null ? 100 : Integer.parseInt(form.group(4));
        if (step.isPresent() && failure != Failure.POWER_LOSS) {
            throw new IllegalArgumentException("'" + text + "': only power-loss is at a step");
        }
        if (value > 0 != (failure == Failure.SLOW_LINK)) {
            throw new IllegalArgumentException(
                    "'" + text + "': slow-link needs its bytes a second, such as slow-link=2000, and nothing"
                            + " else has any");
        }
        if (share < 1 || share > 100) {
            throw new IllegalArgumentException("'" + text + "': the share is 1 to 100 percent");
        }
        return new Entry(failure, step, value, share,
                form.group(5) == null ? failure.times() : Integer.parseInt(form.group(5)),
                Optional.ofNullable(form.group(6)));
    }

    /// What happens to one device; the same for the same seed.
    public Failures of(String device) {
        return new Failures(
                entries.stream().filter(each -> each.device.map(device::equals).orElse(true))
                        .filter(each -> random(device, each.failure).nextInt(100) < each.share)
                        .map(each -> each.failure == Failure.POWER_LOSS && each.step.isEmpty()
                                ? new Entry(each.failure, Optional.of(anyStep(device)), 0, each.share,
                                        each.times, each.device)
                                : each)
                        .toList());
    }

    private Step anyStep(String device) {
        Random random = random(device, Failure.POWER_LOSS);
        int _ = random.nextInt(100); // the draw that decided about the device
        List<Step> steps = List.of(Step.values());
        return steps.get(random.nextInt(steps.size()));
    }

    private Random random(String device, Failure failure) {
        Random random = new Random((seed * 31 + device.hashCode()) * 31 + failure.word().hashCode());
        int _ = random.nextInt(); // neighbouring seeds begin alike
        return random;
    }
}
