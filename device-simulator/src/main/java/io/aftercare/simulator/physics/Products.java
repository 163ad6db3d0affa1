package io.aftercare.simulator.physics;

import io.aftercare.simulator.product.Actions;
import io.aftercare.simulator.product.Product;
import io.aftercare.simulator.product.Product.Action;
import io.aftercare.simulator.product.Product.Metric;
import io.aftercare.simulator.product.Setting;
import java.util.List;
import java.util.stream.Stream;

/// What the simulated devices are sold as.
final class Products {
    private static final Setting INTERVAL = Setting.number("interval", 0.2, 3_600, 1);

    static final Product PRINTER = new Product("LP-2000", "Laser printer LP-2000", "B2",
            metrics(new Metric("fuser_temp", "°C", 0, 260), new Metric("fuser_temp_2", "°C", 0, 260),
                    new Metric("heater_power", "W", 0, 1_300), new Metric("room_humidity", "%", 0, 100),
                    new Metric("pages_total", "pages", 0, 10_000_000),
                    new Metric("toner_pct", "%", 0, 100), new Metric("drum_wear_pct", "%", 0, 100),
                    new Metric("rssi", "dBm", -120, 0), new Metric("door_open", "", 0, 1)),
            Actions.with(new Action("restart_heater", "B"), new Action("clean_drum", "B")))
            .with(INTERVAL, Setting.words("tray", "A4", "A5", "letter"),
                    Setting.number("sleepMinutes", 1, 240, 15),
                    Setting.number("fuserLimit", 200, 240, 230).locked());

    static final Product ROUTER = new Product("RT-90", "Home router RT-90", "C1",
            metrics(new Metric("cpu_load", "%", 0, 100), new Metric("cpu_temp", "°C", 0, 125),
                    new Metric("memory_used_pct", "%", 0, 100), new Metric("clients", "", 0, 256),
                    new Metric("wan_mbps", "Mbit/s", 0, 2_500),
                    new Metric("wan_latency_ms", "ms", 0, 10_000),
                    new Metric("wan_errors_total", "", 0, 1e12),
                    new Metric("rssi", "dBm", -120, 0),
                    new Metric("uptime_s", "s", 0, 1e9)),
            Actions.with(new Action("restart_wan", "B")))
            .with(INTERVAL, Setting.words("mode", "auto", "quiet", "performance"),
                    Setting.number("channel", 1, 13, 6), Setting.onOff("guestNetwork", false),
                    Setting.words("regulatoryDomain", "EU", "US", "CN").locked())
            .withShell();

    static final Product LOCK = new Product("SL-10", "Smart lock SL-10", "A3",
            metrics(new Metric("battery_v", "V", 0, 7), new Metric("battery_pct", "%", 0, 100),
                    new Metric("load_v", "V", 0, 7), new Metric("motor_ma", "mA", 0, 2_000),
                    new Metric("turn_ma", "mA", 0, 2_000), new Metric("door_open", "", 0, 1),
                    new Metric("locked", "", 0, 1),
                    new Metric("jammed", "", 0, 1), new Metric("cycles_total", "", 0, 1e7),
                    new Metric("temperature", "°C", -40, 85), new Metric("rssi", "dBm", -120, 0)),
            Actions.with(new Action("lock", "C"), new Action("calibrate", "B")))
            .with(INTERVAL, Setting.number("autoLockSeconds", 0, 600, 30),
                    Setting.onOff("keypad", true).locked());

    static final Product AIR_PURIFIER = new Product("AP-300", "Air purifier AP-300", "A1",
            metrics(new Metric("pm25", "µg/m³", 0, 1_000), new Metric("fan_rpm", "1/min", 0, 4_000),
                    new Metric("fan_ma", "mA", 0, 1_000),
                    new Metric("airflow_m3h", "m³/h", 0, 1_000), new Metric("filter_dp_pa", "Pa", 0, 500),
                    new Metric("filter_life_pct", "%", 0, 100), new Metric("voc_ppb", "ppb", 0, 60_000),
                    new Metric("humidity", "%", 0, 100), new Metric("rssi", "dBm", -120, 0)),
            Actions.with(new Action("reset_filter", "B")))
            .with(INTERVAL, Setting.words("mode", "auto", "quiet", "loud"),
                    Setting.onOff("childLock", false));

    static final Product HEAT_PUMP = new Product("HP-8", "Heat pump HP-8", "B1",
            metrics(new Metric("flow_temp", "°C", -20, 90), new Metric("return_temp", "°C", -30, 90),
                    new Metric("outdoor_temp", "°C", -50, 60), new Metric("heat_w", "W", 0, 12_000),
                    new Metric("power_w", "W", 0, 8_000), new Metric("flow_lpm", "l/min", 0, 60),
                    new Metric("pressure_bar", "bar", 0, 4), new Metric("compressor_starts", "", 0, 1e7),
                    new Metric("rssi", "dBm", -120, 0)),
            Actions.with(new Action("bleed", "C")))
            .with(INTERVAL, Setting.number("flowLimit", 25, 60, 45),
                    Setting.number("pressureLimit", 1, 3, 2.5).locked());

    static final Product BIKE_BATTERY = new Product("EB-36", "E-bike battery EB-36", "C2",
            metrics(new Metric("pack_temp", "°C", -40, 110), new Metric("soc_pct", "%", 0, 100),
                    new Metric("soh_pct", "%", 0, 100), new Metric("cell_min_v", "V", 1.5, 4.5),
                    new Metric("cell_max_v", "V", 1.5, 4.5), new Metric("current_a", "A", -40, 20),
                    new Metric("cycles_total", "", 0, 1e5), new Metric("rssi", "dBm", -120, 0)),
            Actions.with())
            .with(INTERVAL, Setting.number("chargeLimit", 50, 100, 100),
                    Setting.number("cutOff", 2.5, 3.2, 2.8).locked());

    static final Product COMPUTER = new Product("PC-10", "Small computer PC-10", "A1",
            metrics(new Metric("cpu_temp", "°C", 0, 125), new Metric("cpu_load", "%", 0, 100),
                    new Metric("memory_used_pct", "%", 0, 100), new Metric("swap_used_pct", "%", 0, 100),
                    new Metric("disk_used_pct", "%", 0, 100), new Metric("disk_write_kbps", "kB/s", 0, 1e9),
                    new Metric("uptime_s", "s", 0, 1e10), new Metric("rssi", "dBm", -120, 0)),
            Actions.with())
            .with(INTERVAL, Setting.words("logLevel", "info", "debug", "warning")).withShell();

    private Products() {}

    /// A product's own, and those of the electronics that all have.
    private static List<Metric> metrics(Metric... own) {
        return Stream.concat(Stream.of(own), Board.METRICS.stream()).toList();
    }
}
