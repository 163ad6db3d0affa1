package io.aftercare.remote.crash;

import io.aftercare.fleet.digest.Sha256;
import io.aftercare.remote.crash.Report.Frame;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Which crashes are one. Pure.
///
/// Two are when the same builds of the same modules called each other in the same places, at the innermost
/// [#FRAMES] different ones: a place that comes again is not counted again, so that a stack that overflowed is the same however deep it was.
/// Without a stack, when process, reason and message are the same but for the numbers in it.
///
/// @param key      in hexadecimal; the same for crashes that are one
/// @param title what the group is called while no symbols are known
record Fingerprint(String key, String title) {
    static final int FRAMES = 8;
    private static final Pattern NUMBERS = Pattern.compile("0[xX][0-9a-fA-F]+|\\d+");

    /// @param model   product, so that products never mix
    /// @param message of the event
    static Fingerprint of(String model, Report report, String message) {
        String where = report.hasStack()
                ? stack(report)
                : "message " + withoutNumbers(message) + '\n'
                        + withoutNumbers(report.reason());
        String key = Sha256.hex(String.join("\n", "crash 1", model, report.process(), where));
        return new Fingerprint(key, title(report, message));
    }

    /// Of the many crashes of a device that has more kinds of them in a day than a program has faults.
    static Fingerprint ofMany(String model) {
        return new Fingerprint(Sha256.hex("many crashes 1\n" + model),
                "Too many different crashes of one device in a day");
    }

    /// Of names instead of places: the same for one bug in several builds.
    ///
    /// @param names of the innermost functions
    static String ofNames(String model, String process, List<String> names) {
        String different = names.stream().distinct().limit(FRAMES).collect(Collectors.joining("\n"));
        return Sha256.hex(String.join("\n", "names 1", model, process, different));
    }

    private static String stack(Report report) {
        Set<String> places = new LinkedHashSet<>();
        for (Frame frame : report.crashed()) {
            places.add(place(report, frame));
            if (places.size() == FRAMES) {
                break;
            }
        }
        return String.join("\n", places);
    }

    // Where no module is known the address says nothing: it is another one each time.
    private static String place(Report report, Frame frame) {
        return report.module(frame).map(module -> (module.buildId() == null
                ? module.name()
                : module.buildId().hex()) + " " + Long.toHexString(frame.offset())).orElse("?");
    }

    private static String title(Report report, String message) {
        String what = report.reason().isEmpty() ? "Crash" : report.reason();
        if (report.hasStack()) {
            Frame first = report.crashed().getFirst();
            return what + " in " + report.module(first)
                    .map(module -> module.name() + "+0x" + Long.toHexString(first.offset()))
                    .orElse("an unknown module");
        }
        String of = report.process().isEmpty() ? "" : " of " + report.process();
        String said = ReportReader.text(message, ReportReader.TEXT_MAX);
        return said.isEmpty() ? what + of : what + of + ": " + said;
    }

    private static String withoutNumbers(String text) {
        return NUMBERS.matcher(ReportReader.text(text, 1000)).replaceAll("#");
    }
}
