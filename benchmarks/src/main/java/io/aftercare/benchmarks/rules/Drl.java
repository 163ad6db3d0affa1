package io.aftercare.benchmarks.rules;

import io.aftercare.benchmarks.peer.BenchFleet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.drools.model.codegen.ExecutableModelProject;
import org.kie.api.KieBase;
import org.kie.api.KieServices;
import org.kie.api.builder.KieBuilder;
import org.kie.api.builder.KieFileSystem;
import org.kie.api.builder.Message;
import org.kie.api.conf.EventProcessingOption;

/// Rules for Drools, compiled to its "executable" model, which is its fastest form.
final class Drl {
    private static final Pattern AVERAGE = Pattern
            .compile("avg\\((m[0-9]), \"([^\"]+)\"\\) > ([0-9.]+) && .+");
    private static final Pattern RANGE = Pattern
            .compile("max\\((m[0-9]), \"([^\"]+)\"\\) - min\\(.+\\) > ([0-9.]+)");

    private Drl() {}

    /// Conditions on a [Reading], each a rule that counts in the global `found`.
    static KieBase conditions(List<String> conditions) {
        return compile("", conditions.stream().map("Reading( %s )"::formatted).toList());
    }

    /// The first `count` rules of the mix with windows that Drools keeps; those that ask for a slope or the value before are left out.
    static List<String> windows(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(BenchFleet::condition).map(Drl::window)
                .flatMap(Optional::stream).toList();
    }

    /// From [#windows].
    static KieBase stream(List<String> patterns) {
        return compile("declare Tick @role( event ) @timestamp( millis ) end\n", patterns);
    }

    private static Optional<String> window(String condition) {
        Matcher average = AVERAGE.matcher(condition);
        if (average.matches()) {
            return Optional.of(
                    "accumulate( Tick( $v : %s ) over window:time( %s ); $a : average( $v ); $a > %s )"
                            .formatted(average.group(1), average.group(2), average.group(3)));
        }
        Matcher range = RANGE.matcher(condition);
        if (range.matches()) {
            return Optional.of(
                    "accumulate( Tick( $v : %s ) over window:time( %s ); $h : max( $v ), $l : min( $v ); $h > %s, $l < 0.0 )"
                            .formatted(range.group(1), range.group(2), range.group(3)));
        }
        return condition.contains("(") ? Optional.empty() : Optional.of("Tick( %s )".formatted(condition));
    }

    private static KieBase compile(String declarations, List<String> patterns) {
        StringBuilder text = new StringBuilder("package io.aftercare.benchmarks.drools;\nimport ")
                .append(Reading.class.getName()).append(";\nimport ").append(Tick.class.getName())
                .append(";\nglobal ").append(AtomicLong.class.getName()).append(" found;\n")
                .append(declarations);
        for (int i = 0; i < patterns.size(); i++) {
            text.append("rule r%d when %s then found.incrementAndGet(); end\n".formatted(i, patterns.get(i)));
        }
        KieServices services = KieServices.get();
        KieFileSystem files = services.newKieFileSystem();
        files.write("src/main/resources/io/aftercare/benchmarks/drools/rules.drl", text.toString());
        KieBuilder builder = services.newKieBuilder(files).buildAll(ExecutableModelProject.class);
        if (builder.getResults().hasMessages(Message.Level.ERROR)) {
            throw new IllegalStateException("Drools refuses the rules: " + builder.getResults());
        }
        var options = services.newKieBaseConfiguration();
        options.setOption(declarations.isEmpty()
                ? EventProcessingOption.CLOUD
                : EventProcessingOption.STREAM);
        return services.newKieContainer(builder.getKieModule().getReleaseId()).newKieBase(options);
    }
}
