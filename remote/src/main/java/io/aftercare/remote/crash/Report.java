package io.aftercare.remote.crash;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.aftercare.remote.crash.symbol.BuildId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a device says of a crash, as far as it could be understood ([ReportReader]). Texts are printable and bounded.
///
/// @param name     by which the device knows it and uploads its dump, empty where it has none
/// @param firmware what ran, empty where it does not say
record Report(String name, String process, String reason, String firmware, List<Module> modules,
        List<Stack> threads) {
    Report {
        modules = List.copyOf(modules);
        threads = List.copyOf(threads);
    }

    /// A program or library that was loaded.
    ///
    /// @param base and `size`: where; 0 where that was not said
    record Module(String name, @Nullable BuildId buildId, long base, long size) {}

    /// The calls of a thread, the innermost first.
    record Stack(String name, boolean crashed, List<Frame> frames) {
        Stack {
            frames = List.copyOf(frames);
        }
    }

    /// One of the calls.
    ///
    /// @param module place in [Report#modules], -1 for none
    /// @param offset as the module's symbol file has it; without a module the address as it was in memory
    record Frame(int module, long offset) {}

    /// The calls that led to the crash: of the thread that is marked, or the first; empty where none is known.
    @JsonIgnore
    List<Frame> crashed() {
        return threads.stream().filter(Stack::crashed).findFirst()
                .or(() -> threads.stream().findFirst()).map(Stack::frames).orElse(List.of());
    }

    @JsonIgnore
    boolean hasStack() {
        return !crashed().isEmpty();
    }

    Optional<Module> module(Frame frame) {
        return frame.module() < 0 ? Optional.empty() : Optional.of(modules.get(frame.module()));
    }

    Optional<BuildId> buildId(Frame frame) {
        return module(frame).flatMap(module -> Optional.ofNullable(module.buildId()));
    }

    /// The builds that its stacks lead through.
    @JsonIgnore
    List<String> builds() {
        return threads.stream().flatMap(stack -> stack.frames().stream())
                .flatMap(frame -> buildId(frame).stream()).map(BuildId::hex).distinct().toList();
    }

    /// The same, with what only the other one says.
    Report or(Report other) {
        Report stack = hasStack() ? this : other;
        return new Report(name.isEmpty() ? other.name : name, process.isEmpty() ? other.process : process,
                reason.isEmpty() ? other.reason : reason, firmware.isEmpty() ? other.firmware : firmware,
                stack.modules, stack.threads);
    }
}
