package io.aftercare.remote.crash;

import io.aftercare.remote.crash.Report.Frame;
import io.aftercare.remote.crash.symbol.Place;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a crash is called once its calls have names. Pure.
///
/// @param title of its group
/// @param key   the same for crashes alike in other builds
record Names(String title, String key) {
    // Where programs end themselves; who called them is the news.
    private static final Set<String> ENDINGS = Set.of("abort", "raise", "gsignal", "__GI_raise",
            "__GI_abort",
            "__pthread_kill", "__pthread_kill_implementation", "__pthread_kill_internal", "pthread_kill",
            "__assert_fail", "__assert_fail_base", "__assert_func", "__libc_message", "malloc_printerr",
            "__fortify_fail", "__chk_fail", "__stack_chk_fail", "std::terminate()", "__cxa_throw",
            "rust_panic",
            "core::panicking::panic", "core::panicking::panic_fmt", "panic", "hard_fault_handler",
            "HardFault_Handler");

    /// Empty where the innermost calls have no names.
    static Optional<Names> of(Crash crash, List<Named> threads) {
        List<Named.Call> calls = crashed(threads);
        Optional<Named.Call> first = calls.stream().filter(call -> call.places().stream()
                .anyMatch(place -> !ENDINGS.contains(place.function()))).findFirst();
        if (first.isEmpty()) {
            return Optional.empty();
        }
        Place place = first.get().places().stream().filter(one -> !ENDINGS.contains(one.function()))
                .findFirst().orElseThrow();
        String what = crash.report().reason().isEmpty() ? "Crash" : crash.report().reason();
        String title = what + " in " + ReportReader.text(place.function(), ReportReader.TEXT_MAX)
                + where(place);
        List<String> names = calls.stream().map(Names::name).toList();
        return Optional.of(
                new Names(title, Fingerprint.ofNames(crash.model(), crash.report().process(), names)));
    }

    private static String name(Named.Call call) {
        return call.places().isEmpty() ? call.module() + "?" : call.places().getFirst().function();
    }

    private static List<Named.Call> crashed(List<Named> threads) {
        return threads.stream().filter(Named::crashed).findFirst().or(() -> threads.stream().findFirst())
                .map(Named::stack).orElse(List.of());
    }

    private static String where(Place place) {
        String file = place.file();
        if (file == null) {
            return "";
        }
        String name = file.substring(file.lastIndexOf('/') + 1);
        return " (" + ReportReader.text(name, ReportReader.TEXT_MAX)
                + (place.line() > 0 ? ":" + place.line() : "") + ")";
    }

    /// Which address to look up for a call: all but the innermost stand where they return to, which may be the next line,
    /// or the next function. Code of ARM in its short form has odd addresses.
    static long asked(Frame frame, int depth, String machine) {
        long address = machine.equals("arm") ? frame.offset() & ~1L : frame.offset();
        return depth == 0 || address == 0 ? address : address - 1;
    }
}
