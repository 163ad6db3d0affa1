package io.aftercare.simulator.physics;

import io.aftercare.simulator.product.Product;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/// The kinds of device that can be simulated: what each is sold as, what can break, and how it behaves.
public enum Kind {
    PRINTER("printer", "2.3.1"), ROUTER("router", "5.1.0"), LOCK("lock",
            "1.8.2"), AIR_PURIFIER("air-purifier", "3.0.4");

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
        };
    }

    public Physics newBody(RandomGenerator random) {
        return switch (this) {
            case PRINTER -> new Printer(random);
            case ROUTER -> new Router(random);
            case LOCK -> new Lock(random);
            case AIR_PURIFIER -> new AirPurifier(random);
        };
    }

    /// What can break, by name, each with an explanation.
    public Map<String, String> faults() {
        return switch (this) {
            case PRINTER -> Map.of(Printer.FUSER_OVERHEAT,
                    "a thermistor ages and the fuser overheats (cured by fuserControl=fixed)",
                    Printer.PAPER_JAM, "paper stuck before the fuser");
            case ROUTER -> Map.of(Router.MEMORY_LEAK,
                    "memory fills until it crashes (cured by connectionTable=fixed)",
                    Router.OVERHEAT, "the fan is dead");
            case LOCK -> Map.of(Lock.LOW_BATTERY, "a cell dies",
                    Lock.JAM, "the bolt scrapes (cured by motorRetry=fixed)");
            case AIR_PURIFIER -> Map.of(AirPurifier.FILTER_CLOG,
                    "the filter clogs (eased by fanCurve=fixed)");
        };
    }
}
