package io.aftercare.ota.deployment;

import io.aftercare.ota.wording.Wording;
import io.aftercare.ota.plan.Plan;
import io.aftercare.ota.plan.Refusal;
import io.aftercare.fleet.window.Window;
import io.aftercare.fleet.http.Problem;
import io.aftercare.ota.deployment.DeploymentEffect.Installed;
import io.aftercare.ota.deployment.DeploymentEffect.Moved;
import io.aftercare.ota.deployment.DeploymentEffect.NotInstalled;
import io.aftercare.ota.deployment.DeploymentEffect.Retract;
import io.aftercare.ota.deployment.DeploymentEffect.SendOffer;
import io.aftercare.ota.release.Manifest;
import io.aftercare.ota.release.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One device in one campaign, as a value: [#next] decides what follows from an event and does nothing else.
///
/// Success is not the device's word alone: it has said `confirmed` *and* reported the version; or it has run the version for
/// a while and said nothing.
///
/// @param outcome  null while open
/// @param attempts offers made so far
/// @param progress percent of the present step
/// @param saidDone whether it said `confirmed` without having reported the version
/// @param fix      whether tickets wait for it
/// @param error    what went wrong last, empty for nothing
/// @param dueAt    when to look again without word of the device, null for never
public record Deployment(DeploymentState state, @Nullable Outcome outcome, int attempts, int progress,
        boolean saidDone, boolean fix, String error, Instant changedAt, @Nullable Instant dueAt) {
    private static final int ERROR_LENGTH_MAX = 500;

    /// The row as it will be, and what else is to be done, in this order.
    public record Decision(Deployment next, List<DeploymentEffect> effects) {
        public Decision {
            effects = List.copyOf(effects);
        }
    }

    /// A device that waits for its turn.
    public static Deployment pending(Instant now) {
        return new Deployment(DeploymentState.PENDING, null, 0, 0, false, false, "", now, now);
    }

    public boolean isOpen() {
        return outcome == null;
    }

    /// How a report stands to what is known.
    public Reception receive(DeploymentState reported) {
        if (attempts == 0) {
            return Reception.IMPOSSIBLE;
        }
        if (reported == state) {
            return Reception.REPEATED;
        }
        // a failed attempt: only how it ended after all is news
        boolean awaited = state != DeploymentState.PENDING || reported == DeploymentState.CONFIRMED
                || reported == DeploymentState.ROLLED_BACK;
        return isOpen() && awaited && state.next().contains(reported) ? Reception.NEWS : Reception.LATE;
    }

    /// What follows from `event`; a closed deployment stays as it is, unless a person has it tried again. A [Problem] 409 where a
    /// person asks for what cannot be done.
    public Decision next(DeploymentEvent event, Terms terms, Instant now) {
        boolean asked = event instanceof DeploymentEvent.Retry || event instanceof DeploymentEvent.Cancel;
        if (!isOpen() && !asked) {
            return unchanged();
        }
        return switch (event) {
            case DeploymentEvent.Retry retry -> again(retry, terms, now);
            case DeploymentEvent.Cancel cancel -> cancel(cancel, now);
            case DeploymentEvent.Turn turn -> turn(turn.device(), terms, now);
            case DeploymentEvent.Reported report -> reported(report, terms, now);
            case DeploymentEvent.Runs runs -> runs(runs.firmware(), terms, now);
            case DeploymentEvent.Overdue overdue -> overdue(overdue.firmware(), terms, now);
        };
    }

    private Decision cancel(DeploymentEvent.Cancel cancel, Instant now) {
        if (!isOpen()) {
            throw Problem.conflict("It has ended already: " + state.text());
        }
        if (!state.isCancellable() && !cancel.force()) {
            throw Problem.conflict("The device is " + state.text()
                    + " and better left to finish; {\"force\":true} gives it up all the same");
        }
        Decision closed = closed(DeploymentState.CANCELLED, Outcome.NONE, cancel.reason(), now);
        return attempts == 0
                ? closed
                : new Decision(closed.next(),
                        Stream.concat(closed.effects().stream(), Stream.of(new Retract())).toList());
    }

    private Decision again(DeploymentEvent.Retry retry, Terms terms, Instant now) {
        if (terms.over()) {
            throw Problem.conflict("The campaign has ended; make a new one for this device");
        }
        if (isOpen() ? state != DeploymentState.PENDING : outcome == Outcome.SUCCESS) {
            throw Problem.conflict("The device is " + state.text() + "; there is nothing to try again");
        }
        Deployment waiting = new Deployment(DeploymentState.PENDING, null, attempts, 0, false, fix, error,
                now,
                now);
        return new Decision(waiting,
                isOpen()
                        ? List.of()
                        : List.of(new Moved(DeploymentState.PENDING, "once more, by " + retry.by())));
    }

    private Decision turn(DeploymentEvent.Facts device, Terms terms, Instant now) {
        if (state != DeploymentState.PENDING) {
            return unchanged();
        }
        String version = terms.manifest().version();
        if (device.firmware().equals(version) && attempts > 0) {
            return confirmed("runs " + version + " after all", now);
        }
        // what returns waits for what still goes up: only then is it known what the device runs
        String obstacle = device.busy() && terms.plan().revert()
                ? ""
                : obstacle(device, terms.manifest(), terms.plan().revert());
        if (!obstacle.isEmpty()) {
            return closed(DeploymentState.SKIPPED, Outcome.NONE, obstacle, now);
        }
        if (device.busy() || !device.mayConnect()) {
            return later(now.plus(terms.patience().busy()));
        }
        Window window = terms.plan().window();
        Instant opens = window == null ? now : window.opens(now, device.timezone());
        if (opens.isAfter(now)) {
            return later(opens);
        }
        Deployment offered = new Deployment(DeploymentState.OFFERED, null, attempts + 1, 0, false, fix, error,
                now, forced(terms, now));
        return new Decision(offered,
                List.of(new Moved(DeploymentState.OFFERED, "attempt " + offered.attempts()),
                        new SendOffer()));
    }

    /// Why this device never gets this release, empty where nothing is in the way. What is not known of a device is no
    /// obstacle: the device checks the signed manifest itself.
    public static String obstacle(DeploymentEvent.Facts device, Manifest manifest, boolean revert) {
        if (!device.known()) {
            return Wording.DEVICE_DELETED.of();
        }
        if (device.firmware().equals(manifest.version())) {
            return Wording.RUNS_ALREADY.of(manifest.version());
        }
        String way = revert ? wayBack(device, manifest) : wayUp(device, manifest);
        if (!way.isEmpty()) {
            return way;
        }
        if (!device.hardware().isEmpty() && !manifest.hardware().isEmpty()
                && !manifest.hardware().contains(device.hardware())) {
            return Wording.OTHER_HARDWARE.of(device.hardware(), String.join(", ", manifest.hardware()));
        }
        return "";
    }

    private static String wayUp(DeploymentEvent.Facts device, Manifest manifest) {
        if (Version.below(manifest.version(), device.firmware())) {
            return Wording.RUNS_NEWER.of(device.firmware(), manifest.version());
        }
        return !manifest.minFrom().isEmpty() && Version.below(device.firmware(), manifest.minFrom())
                ? Wording.NEEDS_FIRST.of(device.firmware(), manifest.minFrom())
                : "";
    }

    private static String wayBack(DeploymentEvent.Facts device, Manifest manifest) {
        if (!Version.below(manifest.version(), device.firmware())) {
            return Wording.RUNS_NOT_NEWER.of(device.firmware(), manifest.version());
        }
        return device.revertTo() == null || device.revertTo() > manifest.counter()
                ? Wording.MAY_NOT_RETURN.of(device.firmware(), manifest.version())
                : "";
    }

    private Decision reported(DeploymentEvent.Reported report, Terms terms, Instant now) {
        if (attempts == 0 || !report.state().isReported()) {
            return unchanged(); // it was never asked
        }
        boolean runsIt = report.firmware().equals(terms.manifest().version());
        if (state == DeploymentState.PENDING && report.state() != DeploymentState.ROLLED_BACK
                && !(report.state() == DeploymentState.CONFIRMED && runsIt)) {
            return unchanged(); // given up and waiting: only how it ended is news, and another campaign may be at work
        }
        if (report.state() == DeploymentState.CONFIRMED) {
            return runsIt
                    ? confirmed("reports version " + report.firmware(), now)
                    : saidDone(report.firmware(), terms, now);
        }
        if (report.state() == DeploymentState.FAILED) {
            return failed(report.error().isEmpty() ? Wording.NOT_SAID.of() : report.error(), terms,
                    now);
        }
        if (report.state() == DeploymentState.ROLLED_BACK) {
            return closed(DeploymentState.ROLLED_BACK, Outcome.FAILURE,
                    report.error().isEmpty() ? Wording.WENT_BACK.of() : report.error(), now);
        }
        boolean forward = state.next().contains(report.state());
        if (!forward && report.state() != state) {
            return unchanged(); // overtaken by a later report
        }
        if (report.state() == DeploymentState.DOWNLOADED && terms.plan().mode() == Plan.Mode.DOWNLOAD_ONLY) {
            Deployment held = new Deployment(DeploymentState.DOWNLOADED, Outcome.SUCCESS, attempts, 100,
                    false,
                    fix, "", now, null);
            return new Decision(held,
                    List.of(new Moved(DeploymentState.DOWNLOADED, "only the download was asked")));
        }
        Deployment moved = new Deployment(report.state(), null, attempts,
                Math.clamp(report.progress(), 0, 100),
                saidDone, fix, shorten(report.error()), forward ? now : changedAt,
                due(report.state(), terms, now));
        return new Decision(moved,
                forward ? List.of(new Moved(report.state(), report.error())) : List.of());
    }

    private Decision saidDone(String firmware, Terms terms, Instant now) {
        if (saidDone) {
            return unchanged();
        }
        boolean move = state.next().contains(DeploymentState.REBOOTING);
        String reason = "says confirmed, but reports version " + (firmware.isEmpty() ? "none" : firmware);
        Deployment waiting = new Deployment(DeploymentState.REBOOTING, null, attempts, 100, true, fix, "",
                move ? now : changedAt, now.plus(terms.patience().settle()));
        return new Decision(waiting,
                move ? List.of(new Moved(DeploymentState.REBOOTING, reason)) : List.of());
    }

    private Decision runs(String firmware, Terms terms, Instant now) {
        if (!firmware.equals(terms.manifest().version()) || attempts == 0) {
            return unchanged();
        }
        if (saidDone) {
            return confirmed("reports version " + firmware, now);
        }
        // its own check of itself may still fail; it has this long to say so
        Instant settled = now.plus(terms.patience().settle());
        return state == DeploymentState.PENDING || dueAt != null && dueAt.isBefore(settled)
                ? unchanged()
                : later(settled);
    }

    private Decision overdue(String firmware, Terms terms, Instant now) {
        if (state == DeploymentState.PENDING || dueAt == null || now.isBefore(dueAt)) {
            return unchanged();
        }
        if (firmware.equals(terms.manifest().version())) {
            return confirmed("has run " + firmware + " since " + changedAt, now);
        }
        if (state == DeploymentState.OFFERED || state == DeploymentState.DEFERRED) {
            return new Decision(later(null).next(), List.of(new SendOffer())); // from now on it may not put it off
        }
        return saidDone
                ? failed(Wording.WRONG_VERSION.of(firmware), terms, now)
                : failed(Wording.SILENT.of(state.text(), changedAt), terms, now);
    }

    private Decision failed(String reason, Terms terms, Instant now) {
        boolean lasting = Refusal.isLasting(reason);
        Plan.Attempts retry = terms.plan().retry().of(Refusal.code(reason));
        if (lasting || terms.over() || attempts >= retry.attempts()) {
            return closed(DeploymentState.FAILED, Outcome.FAILURE, reason, now);
        }
        Duration wait = backoff(retry.backoff(), terms);
        Deployment again = new Deployment(DeploymentState.PENDING, null, attempts, 0, false, fix,
                shorten(reason),
                now, now.plus(wait));
        return new Decision(again, List.of(new Moved(DeploymentState.FAILED, shorten(reason)),
                new Moved(DeploymentState.PENDING,
                        "attempt " + (attempts + 1) + " in " + wait.toSeconds() + " s")));
    }

    // twice as long each time, and up to half as long again, so that devices that failed together do not return together
    private Duration backoff(Duration first, Terms terms) {
        long millis = first.toMillis() << Math.min(attempts - 1, 10);
        int hash = (terms.seed() * 31 + attempts) * 0x9E3779B9;
        return Duration.ofMillis(millis + (long) (millis * 0.5 * (hash >>> 1) / Integer.MAX_VALUE));
    }

    private Decision confirmed(String reason, Instant now) {
        return closed(DeploymentState.CONFIRMED, Outcome.SUCCESS, reason, now);
    }

    private Decision closed(DeploymentState end, Outcome how, String reason, Instant now) {
        Deployment closed = new Deployment(end, how, attempts, how == Outcome.SUCCESS ? 100 : progress, false,
                fix,
                how == Outcome.SUCCESS ? "" : shorten(reason), now, null);
        return new Decision(closed, List.of(new Moved(end, shorten(reason)),
                how == Outcome.SUCCESS ? new Installed() : new NotInstalled(shorten(reason))));
    }

    private Decision later(@Nullable Instant at) {
        return new Decision(
                new Deployment(state, outcome, attempts, progress, saidDone, fix, error, changedAt, at),
                List.of());
    }

    private Decision unchanged() {
        return new Decision(this, List.of());
    }

    private static @Nullable Instant due(DeploymentState state, Terms terms, Instant now) {
        return switch (state) {
            case ACCEPTED, DOWNLOADING, DOWNLOADED ->
                start(terms.plan(), now).plus(terms.patience().download());
            case VERIFYING, INSTALLING, REBOOTING -> now.plus(terms.patience().install());
            case OFFERED, DEFERRED -> forced(terms, now);
            case PENDING, CONFIRMED, FAILED, ROLLED_BACK, CANCELLED, SKIPPED -> null;
        };
    }

    // an offer waits as long as it takes, but is repeated when it may no longer be put off
    private static @Nullable Instant forced(Terms terms, Instant now) {
        Instant at = terms.plan().forcedAt();
        return at != null && at.isAfter(now) ? at : null;
    }

    // a device that holds the download may rightly wait for the time it was given
    private static Instant start(Plan plan, Instant now) {
        Instant start = now;
        for (Instant told : new @Nullable Instant[]{plan.installAfter(), plan.deadline()}) {
            start = told != null && told.isAfter(start) ? told : start;
        }
        return start;
    }

    private static String shorten(String text) {
        return text.length() <= ERROR_LENGTH_MAX ? text : text.substring(0, ERROR_LENGTH_MAX);
    }
}
