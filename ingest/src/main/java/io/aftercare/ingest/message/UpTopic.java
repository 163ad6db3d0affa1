package io.aftercare.ingest.message;

/// What a device may publish to, by the levels after `devices/{id}/`.
public sealed interface UpTopic {
    record Event() implements UpTopic {}

    record State() implements UpTopic {}

    record ActionResult(String actionId) implements UpTopic {}

    record OtaStatus() implements UpTopic {}

    record ShellOutput(String session) implements UpTopic {}

    record Chunk(String release, int number) implements UpTopic {}

    /// A wish to know attributes, reported and desired ones; answered on `attributes/response/{request}`.
    record AttributesRequest(String request) implements UpTopic {}

    /// A question of the device's; answered on `rpc/response/{request}`.
    record Question(String request) implements UpTopic {}

    /// Its own, but no topic of the protocol.
    record Unknown() implements UpTopic {}

    static UpTopic parse(String suffix) {
        String[] levels = suffix.split("/", -1);
        return switch (levels.length) {
            case 1 -> switch (levels[0]) {
                case "event" -> new Event();
                case "state" -> new State();
                default -> new Unknown();
            };
            case 2 -> suffix.equals("ota/status") ? new OtaStatus() : new Unknown();
            case 3 -> three(levels);
            case 4 -> levels[0].equals("ota") && levels[2].equals("chunk") && isName(levels[1])
                    ? chunk(levels[1], levels[3])
                    : new Unknown();
            default -> new Unknown();
        };
    }

    private static UpTopic three(String[] levels) {
        if (levels[0].equals("actions") && levels[2].equals("result") && isName(levels[1])) {
            return new ActionResult(levels[1]);
        }
        if (levels[0].equals("shell") && levels[2].equals("output") && isName(levels[1])) {
            return new ShellOutput(levels[1]);
        }
        boolean asks = levels[1].equals("request") && isName(levels[2]);
        return switch (levels[0]) {
            case "attributes" -> asks ? new AttributesRequest(levels[2]) : new Unknown();
            case "rpc" -> asks ? new Question(levels[2]) : new Unknown();
            default -> new Unknown();
        };
    }

    private static UpTopic chunk(String release, String number) {
        boolean digits = !number.isEmpty() && number.length() <= 9
                && number.chars().allMatch(c -> c >= '0' && c <= '9');
        return digits ? new Chunk(release, Integer.parseInt(number)) : new Unknown();
    }

    private static boolean isName(String level) {
        return !level.isEmpty() && level.length() <= 128;
    }
}
