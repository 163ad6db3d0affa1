package io.aftercare.simulator.load;

/// The two protocol versions that devices speak, and what differs for a publisher: properties and reason codes.
public enum MqttVersion {
    V3_1_1(4), V5(5);

    private final int level;

    MqttVersion(int level) {
        this.level = level;
    }

    int level() {
        return level;
    }

    /// From the way people write them.
    ///
    /// @throws IllegalArgumentException naming the versions there are
    public static MqttVersion parse(String text) {
        return switch (text) {
            case "3", "3.1.1", "4" -> V3_1_1;
            case "5", "5.0" -> V5;
            default -> throw new IllegalArgumentException("MQTT version '" + text + "': use 3.1.1 or 5");
        };
    }
}
