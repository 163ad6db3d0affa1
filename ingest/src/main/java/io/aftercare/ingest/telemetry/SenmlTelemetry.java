package io.aftercare.ingest.telemetry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.http.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Resolves SenML (RFC 8428, in JSON and in CBOR) into our own JSON, which then goes the way of all telemetry. Names lose
/// the device's id in front; times below 2^28 are seconds from now; a record without any time gets the server's. Sums
/// become `name.sum`; units and update times are read and not kept. One use for each payload; memory is bounded by it.
final class SenmlTelemetry {
    private static final double RELATIVE_BELOW = 1 << 28;
    private static final int VERSION_MAX = 10;
    private static final Double NO_TIME = Double.NaN;
    private static final Set<String> TEXTS = Set.of("bn", "n", "bu", "u", "vs", "vd");
    private static final Set<String> NUMBERS = Set.of("bt", "t", "bv", "v", "bs", "s", "ut", "bver");
    private static final List<String> VALUES = List.of("v", "vs", "vb", "vd");

    private final String device;
    private final double now;
    /// In the order of their times; those without one are last.
    private final Map<Double, ObjectNode> samples = new TreeMap<>();
    private String baseName = "";
    private @Nullable Double baseTime;
    private @Nullable Double baseValue;
    private @Nullable Double baseSum;
    private @Nullable Double version;

    /// What became of a pack.
    sealed interface Outcome {}

    /// Our JSON of it.
    record Resolved(byte[] json) implements Outcome {}

    record Unreadable(BadPayload reason) implements Outcome {}

    /// The pack breaks a rule; caught in [#read].
    private static final class BadPackException extends Exception {
        private final BadPayload reason;

        BadPackException(BadPayload reason) {
            super(reason.text(), null, false, false);
            this.reason = reason;
        }
    }

    private SenmlTelemetry(String device, long receivedMicros) {
        this.device = device;
        this.now = receivedMicros / 1e6;
    }

    /// @param format SENML or SENML_CBOR
    static Outcome read(Format format, byte[] bytes, int from, int to, String device, long receivedMicros) {
        try {
            byte[] json = format == Format.SENML_CBOR
                    ? CborTelemetry.toJson(bytes, from, to, SenmlTelemetry::label)
                    : null;
            JsonNode pack = json == null
                    ? Json.mapper().readTree(bytes, from, to - from)
                    : Json.mapper().readTree(json);
            var resolver = new SenmlTelemetry(device, receivedMicros);
            resolver.take(pack);
            return new Resolved(resolver.json().getBytes(StandardCharsets.UTF_8));
        } catch (CborTelemetry.BadCborException e) {
            return new Unreadable(e.reason() == BadPayload.NOT_CBOR ? BadPayload.NOT_SENML : e.reason());
        } catch (BadPackException e) {
            return new Unreadable(e.reason);
        } catch (IOException e) {
            return new Unreadable(BadPayload.NOT_SENML);
        }
    }

    /// RFC 8428, section 6, table 4.
    private static @Nullable String label(long number) {
        if (number < -6 || number > 8) {
            return null;
        }
        return switch ((int) number) {
            case -6 -> "bs";
            case -5 -> "bv";
            case -4 -> "bu";
            case -3 -> "bt";
            case -2 -> "bn";
            case -1 -> "bver";
            case 0 -> "n";
            case 1 -> "u";
            case 2 -> "v";
            case 3 -> "vs";
            case 4 -> "vb";
            case 5 -> "s";
            case 6 -> "t";
            case 7 -> "ut";
            default -> "vd";
        };
    }

    private void take(JsonNode pack) throws BadPackException {
        if (!(pack instanceof ArrayNode records)) {
            throw new BadPackException(BadPayload.NOT_SENML);
        }
        for (JsonNode record : records) {
            check(record);
            baseName = record.path("bn").asText(baseName);
            baseTime = number(record, "bt", baseTime);
            baseValue = number(record, "bv", baseValue);
            baseSum = number(record, "bs", baseSum);
            resolve(record);
        }
    }

    private void check(JsonNode record) throws BadPackException {
        if (!record.isObject()) {
            throw new BadPackException(BadPayload.NOT_SENML);
        }
        for (Map.Entry<String, JsonNode> field : record.properties()) {
            String label = field.getKey();
            JsonNode value = field.getValue();
            // A label that ends with _ must be understood, says section 4.4, and we know none. Others are passed over.
            boolean bad = label.endsWith("_") || TEXTS.contains(label) && !value.isTextual()
                    || NUMBERS.contains(label) && !value.isNumber()
                    || label.equals("vb") && !value.isBoolean();
            if (bad) {
                throw new BadPackException(BadPayload.NOT_SENML);
            }
            if (NUMBERS.contains(label) && !Double.isFinite(value.doubleValue())) {
                throw new BadPackException(BadPayload.NOT_FINITE);
            }
        }
        // All records of a pack are of one version, 10 where none is said (section 4.4).
        Double said = number(record, "bver", version);
        if (said != null && said > VERSION_MAX || version != null && !version.equals(said)
                || VALUES.stream().filter(record::has).count() > 1) {
            throw new BadPackException(BadPayload.NOT_SENML);
        }
        version = said;
    }

    private static @Nullable Double number(JsonNode record, String label, @Nullable Double otherwise) {
        JsonNode value = record.get(label);
        return value == null ? otherwise : Double.valueOf(value.doubleValue());
    }

    private void resolve(JsonNode record) throws BadPackException {
        boolean summed = record.has("s") || baseSum != null;
        boolean valued = VALUES.stream().anyMatch(record::has) || baseValue != null;
        boolean onlyBases = record.properties().stream().allMatch(field -> field.getKey().startsWith("b"));
        if (onlyBases || !summed && !valued) {
            return; // says nothing of its own
        }
        String name = own(baseName + record.path("n").asText(""));
        ObjectNode values = samples.computeIfAbsent(time(record), _ -> Json.object());
        if (record.has("vb")) {
            values.put(name, record.path("vb").booleanValue());
        } else if (record.has("vs") || record.has("vd")) {
            values.put(name, record.path(record.has("vs") ? "vs" : "vd").textValue());
        } else if (record.has("v") || baseValue != null) {
            values.put(name, finite((baseValue == null ? 0 : baseValue) + record.path("v").asDouble(0)));
        }
        if (summed) {
            values.put(name + ".sum", finite((baseSum == null ? 0 : baseSum) + record.path("s").asDouble(0)));
        }
    }

    private static double finite(double value) throws BadPackException {
        if (!Double.isFinite(value)) {
            throw new BadPackException(BadPayload.NOT_FINITE);
        }
        return value;
    }

    private Double time(JsonNode record) throws BadPackException {
        if (baseTime == null && !record.has("t")) {
            return NO_TIME;
        }
        double sum = finite((baseTime == null ? 0 : baseTime) + record.path("t").asDouble(0));
        return sum < RELATIVE_BELOW ? now + sum : sum;
    }

    private String own(String name) {
        boolean prefixed = name.startsWith(device) && name.length() > device.length() + 1
                && ":/".indexOf(name.charAt(device.length())) >= 0;
        return prefixed ? name.substring(device.length() + 1) : name;
    }

    private String json() {
        ArrayNode all = Json.array();
        samples.forEach((time, values) -> {
            ObjectNode sample = all.addObject();
            if (!time.isNaN()) {
                sample.put("ts", time * 1000);
            }
            sample.set("values", values);
        });
        return Json.text(all);
    }
}
