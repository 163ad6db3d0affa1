package io.aftercare.ingest.telemetry;

import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.ModelMetrics;
import io.aftercare.fleet.device.Sample;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads telemetry in JSON: `{"metric":1.5,…}`, `{"ts":millis,"values":{…}}`, or an array of such objects. Members of
/// inner objects become `outer.inner`, elements of arrays `name.0`; true and false are 1 and 0, text is an attribute, null
/// says nothing.
///
/// A message is wholly good or wholly bad: nothing is emitted, and no new metric is given a place, before all of it was
/// looked at. The common case, one object whose metrics are known, is read once; others are read again. New names are
/// given places together, between the two looks, where the product and the device have room ([ModelMetrics]). Not
/// thread-safe.
final class JsonTelemetry {
    private static final int DEPTH_MAX = 8;
    private static final long AHEAD_MAX_MICROS = 24L * 3600 * 1_000_000;
    /// More than any device may bring at once: what is beyond need not be remembered to be refused.
    private static final int NEW_NAMES_MAX = Sample.VALUES_MAX + 1;
    private static final long NO_TIME = Long.MIN_VALUE;

    private final JsonCursor json = new JsonCursor();
    private final MetricNames name = new MetricNames();
    private final Sample sample;
    private final List<String> texts = new ArrayList<>();
    private Message message;
    private Mode mode = Mode.CHECK;
    private long micros;
    private int values;
    private final Set<String> newNames = new LinkedHashSet<>();

    /// One look at the message: whether it is good; to hand on what it says.
    private enum Mode {
        CHECK, EMIT
    }

    /// Takes what a message says, in its order.
    interface Sink {
        /// @param ownTime whether the message itself said when; `sample` is reused
        void sample(Sample sample, boolean ownTime);

        void attribute(long micros, String name, String value);
    }

    /// Whose message it is, and when it came. Reused, as the reader is.
    static final class Message {
        private final Sink sink;
        private Device device;
        private ModelMetrics metrics;
        private DeviceClock clock;
        private long received;

        Message(Device device, ModelMetrics metrics, DeviceClock clock, long received, Sink sink) {
            this.device = device;
            this.metrics = metrics;
            this.clock = clock;
            this.received = received;
            this.sink = sink;
        }

        /// The next message, for the same sink.
        ///
        /// @param receivedMicros since 1970 UTC
        Message of(Source source, long receivedMicros) {
            device = source.device();
            metrics = source.metrics();
            clock = source.clock();
            received = receivedMicros;
            return this;
        }
    }

    JsonTelemetry(Message first) {
        this.message = first;
        this.sample = new Sample(first.device, first.metrics);
    }

    /// Reads one message; null where it was good, and its samples are with the sink.
    @Nullable
    BadPayload read(byte[] bytes, int from, int to, Message whose) {
        message = whose;
        newNames.clear();
        if (!pass(Mode.CHECK, bytes, from, to)) {
            return json.error();
        }
        boolean single = bytes[firstByte(bytes, from)] == '{';
        if (single && newNames.isEmpty()) {
            emit();
            return null;
        }
        BadPayload tooMany = newNames.isEmpty() ? null : introduce();
        if (tooMany != null) {
            return tooMany;
        }
        return pass(Mode.EMIT, bytes, from, to) ? null : json.error();
    }

    private @Nullable BadPayload introduce() {
        return switch (message.metrics.introduce(message.device.number(), newNames)) {
            case PLACED -> null;
            case TOO_MANY_OF_DEVICE -> BadPayload.TOO_MANY_NEW_METRICS;
            case TOO_MANY_OF_MODEL -> BadPayload.TOO_MANY_METRICS;
        };
    }

    private static int firstByte(byte[] bytes, int from) {
        int at = from;
        while (bytes[at] <= ' ') {
            at++;
        }
        return at;
    }

    private boolean pass(Mode next, byte[] bytes, int from, int to) {
        mode = next;
        json.open(bytes, from, to);
        boolean good = switch (json.peek()) {
            case '{' -> object();
            case '[' -> objects();
            case -1 -> json.fail(BadPayload.NOT_JSON);
            default -> other();
        };
        return good && (json.peek() == -1 || json.fail(BadPayload.NOT_JSON));
    }

    // JSON all the same, or not even that: the reason says which.
    private boolean other() {
        begin();
        name.append(0);
        return value(0, 0) && json.fail(BadPayload.NOT_AN_OBJECT);
    }

    private boolean objects() {
        json.skip('[');
        if (json.skip(']')) {
            return true;
        }
        do {
            if (json.peek() != '{') {
                return other();
            }
            if (!object()) {
                return false;
            }
        } while (json.skip(','));
        return json.skip(']') || json.fail(BadPayload.NOT_JSON);
    }

    private boolean object() {
        begin();
        if (!members(1, true)) {
            return false;
        }
        if (mode == Mode.EMIT) {
            emit();
        }
        return true;
    }

    private void begin() {
        sample.begin(message.device, message.metrics, 0);
        texts.clear();
        name.clear();
        micros = NO_TIME;
        values = 0;
    }

    private void emit() {
        boolean ownTime = micros != NO_TIME;
        boolean empty = sample.count() == 0 && texts.isEmpty();
        long at = ownTime || empty ? micros : message.clock.next(message.received);
        for (int i = 0; i < texts.size(); i += 2) { // first, so that the numbers are judged with them
            message.sink.attribute(at, texts.get(i), texts.get(i + 1));
        }
        if (sample.count() > 0) {
            sample.at(at);
            message.sink.sample(sample, ownTime);
        }
    }

    /// @param top whether `ts` and `values` mean what the protocol says
    private boolean members(int depth, boolean top) {
        json.skip('{');
        if (json.skip('}')) {
            return true;
        }
        int outer = name.length();
        do {
            if (json.peek() != '"' || !json.string()) {
                return json.fail(BadPayload.NOT_JSON);
            }
            int start = json.stringStart();
            int end = json.stringEnd();
            if (start == end || !json.isPlain()) {
                return badName();
            }
            if (!json.skip(':')) {
                return json.fail(BadPayload.NOT_JSON);
            }
            boolean good;
            if (top && is("ts", start, end)) {
                good = time();
            } else if (top && json.peek() == '{' && is("values", start, end)) {
                good = members(depth + 1, false);
            } else if (outer == 0 && json.peek() != '{' && json.peek() != '[') {
                good = scalar(json.bytes(), start, end - start);
            } else {
                name.append(json.bytes(), start, end);
                good = value(depth, outer);
            }
            if (!good) {
                return false;
            }
        } while (json.skip(','));
        return json.skip('}') || json.fail(BadPayload.NOT_JSON);
    }

    // Empty, escaped or beyond ASCII. An escaped name might be good unescaped, but no device writes it so.
    private boolean badName() {
        return json.fail(json.text() == null ? BadPayload.NOT_JSON : BadPayload.BAD_NAME);
    }

    private boolean is(String word, int start, int end) {
        if (end - start != word.length()) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if (json.bytes()[start + i] != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /// The value of the metric that [#name] says, which is cut to `outer` afterwards.
    private boolean value(int depth, int outer) {
        boolean good = switch (json.peek()) {
            case '{' -> depth < DEPTH_MAX ? members(depth + 1, false) : json.fail(BadPayload.TOO_DEEP);
            case '[' -> depth < DEPTH_MAX ? elements(depth + 1) : json.fail(BadPayload.TOO_DEEP);
            default -> scalar(name.bytes(), 0, name.length());
        };
        name.cut(outer);
        return good;
    }

    private boolean elements(int depth) {
        json.skip('[');
        if (json.skip(']')) {
            return true;
        }
        int outer = name.length();
        int index = 0;
        do {
            name.append(index++);
            if (!value(depth, outer)) {
                return false;
            }
        } while (json.skip(','));
        return json.skip(']') || json.fail(BadPayload.NOT_JSON);
    }

    private boolean scalar(byte[] bytes, int from, int length) {
        return switch (json.peek()) {
            case 't' -> json.literal("true") && metric(bytes, from, length, 1);
            case 'f' -> json.literal("false") && metric(bytes, from, length, 0);
            case 'n' -> json.literal("null") && named(bytes, from, length);
            case '"' -> json.string() && attribute(bytes, from, length);
            case -1 -> json.fail(BadPayload.NOT_JSON);
            default -> json.readNumber() && metric(bytes, from, length, json.number());
        };
    }

    private boolean named(byte[] bytes, int from, int length) {
        return MetricNames.isValid(bytes, from, length) || json.fail(BadPayload.BAD_NAME);
    }

    private boolean counted() {
        return ++values <= Sample.VALUES_MAX || json.fail(BadPayload.TOO_MANY_VALUES);
    }

    private boolean metric(byte[] bytes, int from, int length, double value) {
        int place = message.metrics.find(bytes, from, length);
        if (place < 0) {
            if (!named(bytes, from, length)) {
                return false;
            }
            if (newNames.size() < NEW_NAMES_MAX) {
                newNames.add(new String(bytes, from, length, StandardCharsets.US_ASCII));
            }
            return counted();
        }
        return counted() && sample.add(place, value);
    }

    private boolean attribute(byte[] bytes, int from, int length) {
        if (!named(bytes, from, length)) {
            return false;
        }
        String text = json.text();
        if (text == null) {
            return json.fail(BadPayload.NOT_JSON);
        }
        texts.add(new String(bytes, from, length, StandardCharsets.US_ASCII));
        texts.add(text.replace('\0', '\uFFFD')); // PostgreSQL's text has no NUL
        return counted();
    }

    private boolean time() {
        int next = json.peek();
        if (next == 'n') {
            return json.literal("null");
        }
        if (next != '-' && (next < '0' || next > '9')) {
            return json.fail(next == -1 ? BadPayload.NOT_JSON : BadPayload.BAD_TIME);
        }
        if (!json.readNumber()) {
            return false;
        }
        double millis = json.number();
        if (millis < 0) {
            return json.fail(BadPayload.BAD_TIME);
        }
        if (millis > (message.received + AHEAD_MAX_MICROS) / 1000.0) {
            return json.fail(BadPayload.TIME_AHEAD);
        }
        micros = Math.round(millis * 1000);
        return true;
    }
}
