package io.aftercare.simulator.physics;

import io.aftercare.simulator.product.Product;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/// The kinds of device that can be simulated: what each is sold as, what can break, and how it behaves.
public enum Kind {
    PRINTER("printer", "2.3.1"),
    ROUTER("router", "5.1.0"),
    LOCK("lock",
            "1.8.2"),
    AIR_PURIFIER("air-purifier", "3.0.4"),
    HEAT_PUMP("heat-pump",
            "2.2.0"),
    BIKE_BATTERY("bike-battery", "1.4.1"),
    COMPUTER("computer", "12.1.0");

    private final String word;
    private final String firmware;

    Kind(String word, String firmware) {
        this.word = word;
        this.firmware = firmware;
    }

    /// The kind that a model code or a plain word names: `LP-2000`, `LP-2100` and `printer` are printers.
    ///
    /// @throws IllegalArgumentException naming the kinds there are
    public static Kind of(String model) {
        String wanted = model.strip();
        return Arrays.stream(values())
                .filter(kind -> kind.word.equalsIgnoreCase(wanted)
                        || wanted.toUpperCase(Locale.ROOT).startsWith(kind.family()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no simulated device of model '" + model
                        + "'; there are "
                        + Arrays.stream(values()).map(kind -> kind.product().model() + " (" + kind.word + ")")
                                .collect(Collectors.joining(", "))));
    }

    private String family() {
        return product().model().substring(0, product().model().indexOf('-') + 1);
    }

    public String word() {
        return word;
    }

    public String factoryFirmware() {
        return firmware;
    }

    public Product product() {
        return switch (this) {
            case PRINTER -> Products.PRINTER;
            case ROUTER -> Products.ROUTER;
            case LOCK -> Products.LOCK;
            case AIR_PURIFIER -> Products.AIR_PURIFIER;
            case HEAT_PUMP -> Products.HEAT_PUMP;
            case BIKE_BATTERY -> Products.BIKE_BATTERY;
            case COMPUTER -> Products.COMPUTER;
        };
    }

    /// A device to be watched, see [Pace#SHOW].
    public Physics newBody(RandomGenerator random) {
        return newBody(random, Pace.SHOW);
    }

    public Physics newBody(RandomGenerator random, Pace pace) {
        Physics body = switch (this) {
            case PRINTER -> new Printer(random, pace);
            case ROUTER -> new Router(random, pace);
            case LOCK -> new Lock(random, pace);
            case AIR_PURIFIER -> new AirPurifier(random, pace);
            case HEAT_PUMP -> new HeatPump(random, pace);
            case BIKE_BATTERY -> new BikeBattery(random, pace);
            case COMPUTER -> new Computer(random, pace);
        };
        return new Board(body, new Random(random.nextLong()), pace);
    }

    /// What can break, by name, each with an explanation.
    public Map<String, String> faults() {
        Map<String, String> faults = new TreeMap<>(Board.FAULTS);
        faults.putAll(ownFaults());
        return faults;
    }

    private Map<String, String> ownFaults() {
        return switch (this) {
            case PRINTER -> Map.of(Printer.FUSER_OVERHEAT,
                    "a thermistor ages and the fuser overheats (cured by fuserControl=fixed)",
                    Printer.PAPER_JAM, "paper stuck before the fuser",
                    Printer.FEED_ROLLER, "a worn roller jams now and then",
                    Printer.LAMP_WEAK, "the fuser's lamp hardly heats",
                    Printer.TONER_LEAK, "toner runs out of a broken cartridge",
                    Printer.DRUM_WEAR, "the drum wears fifty times as fast",
                    Printer.DAMP_ROOM, "the room is damp");
            case ROUTER -> Map.of(Router.MEMORY_LEAK,
                    "memory fills until it crashes (cured by connectionTable=fixed)",
                    Router.OVERHEAT, "the fan is dead", Router.LINE_NOISE, "the line corrupts packets",
                    Router.WAN_HUNG, "the WAN session hangs (cured by the action restart_wan)");
            case LOCK -> Map.of(Lock.LOW_BATTERY, "a cell dies",
                    Lock.JAM, "the bolt scrapes (cured by motorRetry=fixed)",
                    Lock.AGED_CELLS, "the cells sag under load", Lock.STIFF_BOLT, "the bolt turns heavily",
                    Lock.DOOR_AJAR, "somebody left the door open");
            case AIR_PURIFIER -> Map.of(AirPurifier.FILTER_CLOG,
                    "the filter clogs (eased by fanCurve=fixed)",
                    AirPurifier.FAN_BEARING, "the fan's bearing is dry",
                    AirPurifier.DAMP_ROOM, "the room is damp");
            case HEAT_PUMP -> Map.of(HeatPump.REFRIGERANT_LOSS, "half of the heat for the same power",
                    HeatPump.WATER_LEAK, "the circuit loses water", HeatPump.PUMP_WORN, "hardly any flow",
                    HeatPump.SHORT_CYCLING, "the compressor starts every few minutes");
            case BIKE_BATTERY -> Map.of(BikeBattery.WEAK_CELL, "one cell sags under current",
                    BikeBattery.CAPACITY_FADE, "the capacity fades",
                    BikeBattery.SELF_HEATING, "a cell heats itself");
            case COMPUTER -> Map.of(Computer.DUST, "the cooler is full of dust",
                    Computer.DISK_FILL, "a log fills the disk",
                    Computer.MEMORY_HUNGER, "a process eats the memory");
        };
    }
}
