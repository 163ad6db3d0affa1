package io.aftercare.simulator.ota;

import io.aftercare.simulator.ota.DeviceMemory.Content;
import io.aftercare.simulator.ota.DeviceMemory.Job;
import io.aftercare.simulator.ota.DeviceMemory.Report;
import io.aftercare.simulator.ota.OfferCheck.Facts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The update client of one device, from the offer to the reboot; [Bootloader] and [#started] do the rest. One update at
/// a time, on its own virtual thread. An offer that repeats the one in work may change when it is to be installed; another
/// release takes the place of one that waits for its time, and else comes after it. What was accepted goes on by itself after
/// a power cut, and how it ended is told until it is acknowledged. What is taken back before it is verified is let go without
/// a word. Thread-safe.
public final class OtaAgent {
    private static final Logger LOG = LoggerFactory.getLogger(OtaAgent.class);
    private static final long PROGRESS_NANOS = 1_000_000_000L;
    private static final Duration STOPPING_MAX = Duration.ofSeconds(10);
    /// Below this charge no flash is written: a device that dies of it would not come back by itself.
    private static final double BATTERY_PERCENT_MIN = 20;
    private static final Set<Step> EARLY = Set.of(Step.ACCEPTED, Step.DOWNLOADING, Step.DOWNLOADED);

    private final OtaClient.Setup setup;
    private final DeviceMemory memory;
    private final Installer installer;
    private final Guard guard;
    private final Device device;
    private final Object turn = new Object();
    private String working = "";
    private byte @Nullable [] following;
    private Course course = Course.OPEN;
    private Job current = Job.NO_JOB;
    private @Nullable Thread worker;
    private boolean off;
    private volatile @Nullable Offer newest;

    /// How far the update at work is, as far as it may be taken back. Guarded by the turn.
    private enum Course {
        OPEN, TAKEN_BACK, INSTALLING
    }

    /// What an update needs of the device around it.
    public interface Device {
        boolean busy();

        void reboot(String reason);

        /// The power is gone now, without a goodbye.
        void powerCut(String reason);

        /// Charge in percent, where it runs on a battery.
        OptionalDouble battery();

        /// Sends a report on `ota/status`.
        ///
        /// @param progress in percent; -1 where it does not apply
        /// @param acknowledged called once the broker has it
        void report(String release, String state, int progress, String error, Runnable acknowledged);
    }

    OtaAgent(OtaClient.Setup setup, Download download, Guard.RootSource roots, Device device) {
        this.guard = new Guard(setup.keys(), setup.memory(), setup.product(), roots);
        this.setup = setup;
        this.memory = setup.memory();
        this.installer = new Installer(setup.who().id(), memory, download, setup.failures());
        this.device = device;
    }

    /// An offer has come.
    public void offered(byte[] message) {
        Optional<Cancellation> cancellation = Cancellation.of(message);
        if (cancellation.isPresent()) {
            cancelled(cancellation.get());
            return;
        }
        String release = Offer.releaseOf(message);
        if (release.isEmpty()) {
            LOG.warn("{} was offered something that names no release", setup.who().id());
            return;
        }
        synchronized (turn) {
            if (off) {
                return; // it comes again when the device does
            }
            if (working.isEmpty()) {
                begin(job(message), release);
            } else if (working.equals(release) && course != Course.TAKEN_BACK) {
                renewed(message);
            } else {
                following = message;
            }
        }
    }

    private void cancelled(Cancellation what) {
        synchronized (turn) {
            if (following != null && what.concerns(following)) {
                following = null;
            }
            if (working.isEmpty() || off) {
                forget(what);
            } else if (course == Course.OPEN && what.concerns(current)) {
                LOG.info("{} lets release {} go: {}", setup.who().id(), what.release(), what.reason());
                course = Course.TAKEN_BACK;
                forget(what);
            }
        }
    }

    private void forget(Cancellation what) {
        memory.change(content -> what.concerns(content.job()) ? content.with(Job.NO_JOB) : content);
    }

    /// Goes on only with what was not taken back.
    ///
    /// @param next what it comes to by going on
    private void goOn(Course next) {
        if (!goesOn(next)) {
            throw new Cancellation.TakenBack();
        }
    }

    private boolean goesOn(Course next) {
        synchronized (turn) {
            if (course != Course.TAKEN_BACK) {
                course = next;
            }
            return course == next;
        }
    }

    private void begin(Job job, String release) {
        working = release;
        current = job;
        course = Course.OPEN;
        worker = Thread.ofVirtual().name("ota-" + setup.who().id()).start(() -> work(job, release));
    }

    /// One update after the other, until none follows.
    private void work(Job first, String firstRelease) {
        Job job = first;
        String release = firstRelease;
        try {
            while (true) {
                update(job, release);
                synchronized (turn) {
                    byte[] next = following;
                    following = null;
                    working = next == null ? "" : Offer.releaseOf(next);
                    if (next == null) {
                        return;
                    }
                    release = working;
                    job = job(next);
                    current = job;
                    course = Course.OPEN;
                }
            }
        } catch (PowerCut e) {
            synchronized (turn) {
                off = true;
            }
            device.powerCut(String.valueOf(e.getMessage()));
        } catch (UncheckedIOException e) {
            if (!Thread.currentThread().isInterrupted()) {
                throw e; // else it was only stopped in the middle of a write
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// The same release again, in another hurry: it is checked as the first was, and its times and urgency are taken over.
    private void renewed(byte[] message) {
        try {
            Offer offer = Offer.parse(message);
            Job job = job(message);
            check(offer, Instant.ofEpochMilli(job.acceptedAt()));
            memory.change(content -> content.job().equals(Job.NO_JOB) ? content : content.with(job));
            current = job;
            newest = offer;
        } catch (IOException | RefusedException e) {
            LOG.warn("{} was offered again something that it does not take: {}", setup.who().id(),
                    e.getMessage());
        }
    }

    private Job job(byte[] offer) {
        return new Job(new String(offer, StandardCharsets.UTF_8),
                guard.now(setup.clock().instant()).toEpochMilli());
    }

    private boolean superseded() {
        synchronized (turn) {
            return following != null;
        }
    }

    /// The device goes down: what is under way stops where it is, and goes on from there when it is up again.
    public void stopped() throws InterruptedException {
        Thread running;
        synchronized (turn) {
            off = true;
            running = worker;
        }
        if (running != null) {
            running.interrupt();
            if (!running.join(STOPPING_MAX)) {
                LOG.error("{} did not stop its update", setup.who().id());
            }
        }
    }

    /// The device is up again and has reported its state: what was decided is told, until it is heard, and what was at work
    /// goes on.
    public void started() {
        synchronized (turn) {
            off = false;
            working = "";
            following = null;
            worker = null;
        }
        Content content = memory.content();
        if (!content.report().state().isEmpty()) {
            tell(content.report());
        }
        synchronized (turn) {
            Job job = memory.content().job(); // which may just have been taken back
            if (!job.equals(Job.NO_JOB) && working.isEmpty()) {
                begin(job, Offer.releaseOf(job.offer().getBytes(StandardCharsets.UTF_8)));
            }
        }
    }

    private void tell(Report report) {
        device.report(report.release(), report.state(), report.state().equals("confirmed") ? 100 : -1,
                report.error(), () -> memory.change(
                        now -> now.report().equals(report) ? now.with(Report.NO_REPORT) : now));
    }

    /// It is over: written down first, then told.
    private void conclude(String release, String state, String error) {
        if (!goesOn(Course.INSTALLING)) {
            return; // nobody waits for it any more
        }
        Report report = new Report(release, state, error);
        memory.change(now -> now.concluded(report));
        tell(report);
    }

    private void update(Job job, String release) throws InterruptedException {
        try {
            Offer offer = parsed(job);
            newest = offer;
            guard.follow(offer);
            Manifest manifest = check(offer, Instant.ofEpochMilli(job.acceptedAt()));
            Image running = memory.running();
            if (running.version().equals(manifest.version()) && running.counter() == manifest.counter()) {
                conclude(release, "confirmed", "");
            } else {
                install(offer, manifest);
            }
        } catch (Cancellation.TakenBack e) {
            LOG.debug("{} does no more for release {}", setup.who().id(), release);
        } catch (RefusedException | UpdateFailedException e) {
            failed(release, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedException(e.getMessage());
            }
            failed(release, "storage: " + e.getMessage());
        }
    }

    private static Offer parsed(Job job) throws UpdateFailedException {
        try {
            return Offer.parse(job.offer().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UpdateFailedException("offer", String.valueOf(e.getMessage()), e);
        }
    }

    private void failed(String release, String why) {
        LOG.info("{} does not take release {}: {}", setup.who().id(), release, why);
        conclude(release, "failed", why);
    }

    private Manifest check(Offer offer, Instant at) throws IOException, RefusedException {
        Image running = memory.running();
        String hardware = setup.failures().strike(Failure.HARDWARE) ? "unknown" : setup.hardware();
        return guard.check(offer, new Facts(setup.who().id(), setup.product(), hardware, running.version(),
                running.counter(), running.revertTo(), memory.content().counter()), at);
    }

    private void install(Offer offer, Manifest manifest)
            throws IOException, RefusedException, UpdateFailedException, InterruptedException {
        synchronized (turn) {
            goOn(Course.OPEN);
            memory.change(now -> now.with(current).with(now.report().release().equals(offer.release())
                    ? Report.NO_REPORT // of an earlier attempt: it would be taken for the end of this one
                    : now.report()));
        }
        installer.keepOnly(manifest);
        reached(Step.ACCEPTED, offer, -1);
        if (!permitted()) {
            report(offer, "deferred", -1);
        }
        pause(Duration.ofMillis(setup.random().nextLong(setup.settings().jitter().toMillis() + 1)));
        reached(Step.DOWNLOADING, offer, 0);
        long[] told = {System.nanoTime()};
        installer.fetch(offer, manifest, percent -> {
            if (System.nanoTime() - told[0] > PROGRESS_NANOS && percent < 100) {
                told[0] = System.nanoTime();
                goOn(Course.OPEN);
                report(offer, "downloading", percent);
            }
        });
        reached(Step.DOWNLOADED, offer, 100);
        if (!awaitPermission()) {
            LOG.info("{} lets release {} go for a later one", setup.who().id(), offer.release());
            memory.change(now -> now.with(Job.NO_JOB));
            return;
        }
        goOn(Course.INSTALLING);
        reached(Step.VERIFYING, offer, -1);
        checkAgain();
        installer.verify(manifest);
        checkBattery();
        reached(Step.INSTALLING, offer, -1);
        pause(setup.settings().installing());
        Image image = installer.install(offer, manifest);
        device.report(offer.release(), Step.REBOOTING.word(), -1, "",
                () -> device.reboot("update to " + image.version()));
        setup.failures().reached(Step.REBOOTING);
    }

    /// Since it was accepted a newer root may have ended the keys that signed it.
    private void checkAgain()
            throws IOException, RefusedException, UpdateFailedException, InterruptedException {
        Offer latest = Objects.requireNonNull(newest, "set before anything is installed");
        guard.follow(latest);
        check(latest, Instant.ofEpochMilli(memory.content().job().acceptedAt()));
    }

    private void checkBattery() throws UpdateFailedException {
        double charge = setup.failures().strike(Failure.BATTERY)
                ? BATTERY_PERCENT_MIN / 2
                : device.battery().orElse(100);
        if (charge < BATTERY_PERCENT_MIN) {
            throw new UpdateFailedException("battery", Math.round(charge) + " % are left, "
                    + Math.round(BATTERY_PERCENT_MIN) + " % are needed to write flash");
        }
    }

    /// Waits for the time to install, and for whoever uses the device, unless it is forced or the deadline has passed.
    ///
    /// @return false where another release has been offered meanwhile
    private boolean awaitPermission() throws InterruptedException {
        while (!permitted()) {
            goOn(Course.OPEN);
            if (superseded()) {
                return false;
            }
            pause(setup.settings().deferral());
        }
        return true;
    }

    private boolean permitted() {
        Offer offer = Objects.requireNonNull(newest, "set before anything is installed");
        Instant now = setup.clock().instant();
        if (offer.installAfter().isPresent() && now.isBefore(offer.installAfter().get())) {
            return false;
        }
        return offer.force() || !device.busy()
                || offer.deadline().isPresent() && !now.isBefore(offer.deadline().get());
    }

    private void reached(Step step, Offer offer, int progress) {
        if (EARLY.contains(step)) {
            goOn(Course.OPEN);
        }
        report(offer, step.word(), progress);
        setup.failures().reached(step);
    }

    private void report(Offer offer, String state, int progress) {
        device.report(offer.release(), state, progress, "", () -> {
        });
    }

    private static void pause(Duration duration) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(duration.toMillis());
    }
}
