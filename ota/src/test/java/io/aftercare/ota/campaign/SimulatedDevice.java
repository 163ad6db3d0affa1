package io.aftercare.ota.campaign;

import io.aftercare.ota.deployment.DeploymentState;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// A device of the simulation: takes an offer, goes through the steps, sometimes fails, falls back or goes silent, and
/// repeats what it has to say until it is acknowledged.
final class SimulatedDevice {
    final int number;
    private final Random random;
    private final List<Message> outgoing = new ArrayList<>();
    private String firmware = World.OLD;
    private @Nullable DeploymentState step;

    sealed interface Message {}

    record Status(DeploymentState state, String error) implements Message {}

    record Version(String firmware) implements Message {}

    SimulatedDevice(int number, Random random) {
        this.number = number;
        this.random = random;
    }

    void offered() {
        if (step != null) {
            return;
        }
        if (firmware.equals(World.NEW)) {
            outgoing.add(new Version(firmware));
            say(DeploymentState.CONFIRMED, "");
            return;
        }
        step = DeploymentState.ACCEPTED;
        say(step, "");
    }

    /// Does a little of what is to be done.
    void work() {
        if (step == null) {
            return;
        }
        if (random.nextInt(40) == 0) {
            step = null; // power cut: it forgets, and says nothing
            return;
        }
        if (random.nextInt(25) == 0) {
            fail(random.nextInt(8) == 0
                    ? "refused, rollback: counter too low"
                    : random.nextBoolean() ? "network: connection reset" : "flash: a block is bad");
            return;
        }
        switch (step) {
            case ACCEPTED -> move(DeploymentState.DOWNLOADING);
            case DOWNLOADING -> move(DeploymentState.DOWNLOADED);
            case DOWNLOADED -> move(DeploymentState.VERIFYING);
            case VERIFYING -> move(DeploymentState.INSTALLING);
            case INSTALLING -> move(DeploymentState.REBOOTING);
            default -> reboot();
        }
    }

    private void reboot() {
        step = null;
        if (random.nextInt(15) == 0) {
            outgoing.add(new Version(firmware));
            say(DeploymentState.ROLLED_BACK, "self-check failed");
            return;
        }
        firmware = World.NEW;
        boolean stateFirst = random.nextBoolean();
        if (stateFirst) {
            outgoing.add(new Version(firmware));
        }
        if (random.nextInt(10) > 0) {
            say(DeploymentState.CONFIRMED, "");
        }
        if (!stateFirst) {
            outgoing.add(new Version(firmware));
        }
    }

    private void move(DeploymentState to) {
        step = to;
        if (random.nextInt(5) > 0) {
            say(to, ""); // a report may be lost for good where the device runs out of room for it
        }
    }

    private void fail(String error) {
        step = null;
        say(DeploymentState.FAILED, error);
    }

    private void say(DeploymentState state, String error) {
        outgoing.add(new Status(state, error));
    }

    /// A message that is not acknowledged, null for none: the oldest, or now and then a report that overtakes it.
    @Nullable
    Message next() {
        if (outgoing.size() > 1 && random.nextInt(8) == 0 && outgoing.get(1) instanceof Status second) {
            return second;
        }
        return outgoing.isEmpty() ? null : outgoing.getFirst();
    }

    void acknowledged(Message message) {
        outgoing.remove(message);
    }
}
