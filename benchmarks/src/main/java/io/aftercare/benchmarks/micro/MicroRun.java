package io.aftercare.benchmarks.micro;

import io.aftercare.benchmarks.machine.Machine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/// Runs JMH over the benchmarks of this package.
public final class MicroRun {
    private MicroRun() {}

    /// @param pattern   regular expression of the benchmarks wanted, such as `Json`
    /// @param forks     fresh JVMs for each
    /// @param seconds   of each of the five measured iterations, and of the three before them
    public static MicroReport run(String pattern, int forks, int seconds) throws IOException {
        Options options = new OptionsBuilder().include("io.aftercare.benchmarks.micro.*" + pattern)
                .mode(Mode.AverageTime).timeUnit(TimeUnit.NANOSECONDS).forks(forks)
                .warmupIterations(3).warmupTime(TimeValue.seconds(seconds))
                .measurementIterations(5).measurementTime(TimeValue.seconds(seconds))
                .addProfiler(GCProfiler.class).jvmArgsAppend("-XX:+UseCompactObjectHeaders")
                .shouldFailOnError(true).build();
        Machine machine = Machine.here(Path.of(System.getProperty("java.io.tmpdir")));
        try {
            return MicroReport.of(machine, new Runner(options).run());
        } catch (RunnerException e) {
            throw new IOException("JMH: " + e.getMessage(), e);
        }
    }
}
