package io.aftercare.fuzzing;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// The fuzzer's native part tells each new input, thousands of lines, on the standard error, and cannot be told not to. They
/// go to `target/<test>-fuzzer.log` instead; a finding's bytes are at its end, in Base64.
public final class FuzzerLog implements BeforeAllCallback {
    private static final int OWNER_READS_AND_WRITES = 0600;
    private static final int STANDARD_ERROR = 2;

    @Override
    public void beforeAll(ExtensionContext context) {
        Path file = Path.of("target", context.getRequiredTestClass().getSimpleName() + "-fuzzer.log");
        try (Arena arena = Arena.ofConfined()) {
            MethodHandle creat = function("creat",
                    FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
            MethodHandle dup2 = function("dup2",
                    FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
            int opened = (int) creat.invokeExact(arena.allocateFrom(file.toString()), OWNER_READS_AND_WRITES);
            int error = opened < 0 ? opened : (int) dup2.invokeExact(opened, STANDARD_ERROR);
            if (error < 0) {
                throw new IllegalStateException(file + " cannot take the fuzzer's log");
            }
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    @SuppressWarnings("restricted") // two calls of the C library, on a JVM that is allowed them
    private static MethodHandle function(String name, FunctionDescriptor descriptor) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().find(name).orElseThrow(), descriptor);
    }
}
