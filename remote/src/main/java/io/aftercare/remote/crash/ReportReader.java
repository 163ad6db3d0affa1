package io.aftercare.remote.crash;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.remote.crash.Report.Frame;
import io.aftercare.remote.crash.Report.Module;
import io.aftercare.remote.crash.Report.Stack;
import io.aftercare.remote.crash.symbol.BuildId;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads what a device says of a crash, as `docs/protocol/remote.md` has it. Pure. A device that has just crashed is not
/// expected to be exact: what does not fit is left out, and nothing here throws.
final class ReportReader {
    static final int MODULES_MAX = 256;
    static final int THREADS_MAX = 64;
    static final int FRAMES_MAX = 256;
    /// Of all threads together.
    static final int FRAMES_ALL_MAX = 2048;
    static final int TEXT_MAX = 200;
    private static final Pattern NAME = Pattern.compile("crash-[A-Za-z0-9._-]{1,58}");
    private static final Pattern NUMBER = Pattern.compile("0[xX][0-9a-fA-F]{1,16}");
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\p{Cs}\\p{Co}]");

    private ReportReader() {}

    static Report read(@Nullable JsonNode data) {
        if (data == null || !data.isObject()) {
            return new Report("", "", "", "", List.of(), List.of());
        }
        String name = data.path("id").asText("");
        boolean flat = !data.path("threads").isArray() && data.path("stack").isArray();
        List<Module> modules = modules(data.path("modules"));
        if (flat && modules.isEmpty()) { // so that there always is a first one
            modules = List.of(module(data, text(data.path("process"))));
        }
        return new Report(NAME.matcher(name).matches() ? name : "", text(data.path("process")),
                text(data.path("reason")), text(data.path("firmware")), modules,
                flat
                        ? List.of(new Stack("", true, flat(data.path("stack"), modules)))
                        : threads(data.path("threads"), modules));
    }

    private static Module module(JsonNode node, String name) {
        return new Module(name, BuildId.parse(node.path("buildId").asText("")).orElse(null),
                orZero(number(node.path("base"))), orZero(number(node.path("size"))));
    }

    /// Printable and short; NUL above all, which the database does not take.
    static String text(JsonNode node) {
        return node.isTextual() ? text(node.asText(), TEXT_MAX) : "";
    }

    static String text(String text, int max) {
        String clean = UNPRINTABLE.matcher(text.length() > 2 * max ? text.substring(0, 2 * max) : text)
                .replaceAll(" ").strip();
        return clean.length() <= max ? clean : clean.substring(0, whole(clean, max));
    }

    // not through the middle of a pair of surrogates
    private static int whole(String text, int end) {
        return Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end;
    }

    private static List<Module> modules(JsonNode nodes) {
        List<Module> modules = new ArrayList<>();
        for (int i = 0; i < nodes.size() && i < MODULES_MAX; i++) {
            JsonNode node = nodes.path(i);
            modules.add(module(node, text(node.path("name"))));
        }
        return modules;
    }

    private static List<Stack> threads(JsonNode nodes, List<Module> modules) {
        List<Stack> threads = new ArrayList<>();
        int room = FRAMES_ALL_MAX;
        for (int i = 0; i < nodes.size() && i < THREADS_MAX; i++) {
            JsonNode node = nodes.path(i);
            boolean crashed = node.path("crashed").asBoolean(false);
            // the one that matters always has its place
            List<Frame> frames = frames(node.path("stack"), modules,
                    crashed ? FRAMES_MAX : Math.min(FRAMES_MAX, room));
            room = Math.max(0, room - frames.size());
            threads.add(new Stack(text(node.path("name")), crashed, frames));
        }
        return threads;
    }

    // Numbers alone are of the first module, as its symbol file has them.
    private static List<Frame> flat(JsonNode nodes, List<Module> modules) {
        List<Frame> frames = new ArrayList<>();
        for (int i = 0; i < nodes.size() && frames.size() < FRAMES_MAX; i++) {
            Long plain = number(nodes.path(i));
            Frame frame = plain == null ? frame(nodes.path(i), modules) : new Frame(0, plain);
            if (frame != null) {
                frames.add(frame);
            }
        }
        return frames;
    }

    private static List<Frame> frames(JsonNode nodes, List<Module> modules, int most) {
        List<Frame> frames = new ArrayList<>();
        for (int i = 0; i < nodes.size() && frames.size() < most; i++) {
            Frame frame = frame(nodes.path(i), modules);
            if (frame != null) {
                frames.add(frame);
            }
        }
        return frames;
    }

    private static @Nullable Frame frame(JsonNode node, List<Module> modules) {
        Long offset = number(node.path("offset"));
        int module = node.path("module").asInt(-1);
        if (offset != null && module >= 0 && module < modules.size()) {
            return new Frame(module, offset);
        }
        Long address = number(node.path("address"));
        return address == null ? null : located(address, modules);
    }

    private static Frame located(long address, List<Module> modules) {
        for (int i = 0; i < modules.size(); i++) {
            Module module = modules.get(i);
            // a size may wrap around; the distance from the base never lies
            if (module.size() != 0 && Long.compareUnsigned(address - module.base(), module.size()) < 0) {
                return new Frame(i, address - module.base());
            }
        }
        return new Frame(-1, address);
    }

    private static long orZero(@Nullable Long number) {
        return number == null ? 0 : number;
    }

    /// Unsigned, 64 bits; null where it is none.
    private static @Nullable Long number(JsonNode node) {
        if (node.isIntegralNumber() && node.canConvertToLong() && node.longValue() >= 0) {
            return node.longValue();
        }
        return node.isTextual() && NUMBER.matcher(node.asText()).matches()
                ? Long.parseUnsignedLong(node.asText().substring(2), 16)
                : null;
    }
}
