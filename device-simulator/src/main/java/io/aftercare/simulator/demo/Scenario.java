package io.aftercare.simulator.demo;

import io.aftercare.simulator.device.FaultPlan;
import io.aftercare.simulator.physics.Kind;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/// What the demonstration shows.
enum Scenario {
    /// A fault that a runbook clears from afar; and one that needs a signed fix, with its ticket and the proof.
    LOOP("The loop is closed") {
        @Override
        int count(Kind kind) {
            return kind == Kind.PRINTER ? 3 : 1;
        }

        @Override
        FaultPlan faults() {
            return FaultPlan.parse(
                    List.of("fuser-overheat@4s:" + Story.SICK, "wan-hung@4s:" + NoVisit.ROUTER));
        }

        @Override
        String opening() {
            return "in a moment a thermistor of " + Story.SICK + " ages, and the WAN link of "
                    + NoVisit.ROUTER + " hangs";
        }

        @Override
        void play(Cast cast) throws IOException, InterruptedException, DemoException {
            new NoVisit(cast).play();
            new Story(cast).play();
        }
    },
    /// A firmware with a regression, caught at the canary stage by telemetry alone and rolled back, with nobody touching it.
    BAD_FIRMWARE("The bad firmware is gone") {
        @Override
        int count(Kind kind) {
            return kind == Kind.PRINTER ? BadFirmware.PRINTERS : 0;
        }

        @Override
        FaultPlan faults() {
            return FaultPlan.NOTHING;
        }

        @Override
        String opening() {
            return "all of them are well";
        }

        @Override
        void play(Cast cast) throws IOException, InterruptedException, DemoException {
            new BadFirmware(cast).play();
        }
    };

    private final String ending;

    Scenario(String ending) {
        this.ending = ending;
    }

    /// How many devices of a kind take part.
    abstract int count(Kind kind);

    abstract FaultPlan faults();

    /// What is said when the devices are switched on.
    abstract String opening();

    abstract void play(Cast cast) throws IOException, InterruptedException, DemoException;

    /// Heading of the summary.
    String ending() {
        return ending;
    }

    /// The word on the command line.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// @throws IllegalArgumentException naming the scenarios there are
    static Scenario parse(String word) {
        for (Scenario each : values()) {
            if (each.toString().equals(word)) {
                return each;
            }
        }
        throw new IllegalArgumentException(
                "there is no scenario " + word + "; there are " + List.of(values()));
    }
}
