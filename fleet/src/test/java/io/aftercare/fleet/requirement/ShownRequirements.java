package io.aftercare.fleet.requirement;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestTag;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/// Writes down, for every test that carries a tag such as `R17`, whether it passed: a file for each test class in
/// `target/requirements`, with a line `R17<TAB>method<TAB>passed` for each. The report of the last module reads them.
/// JUnit finds this by itself wherever this module's tests are on the class path.
public final class ShownRequirements implements TestExecutionListener {
    private static final Pattern ROW = Pattern.compile("R[1-9][0-9]?");
    private final Map<String, StringBuilder> lines = new TreeMap<>();

    @Override
    public synchronized void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (!test.isTest() || result.getStatus() == TestExecutionResult.Status.ABORTED
                || !(test.getSource().orElse(null) instanceof MethodSource source)) {
            return; // a test that was skipped, for want of a program, shows nothing and fails nothing
        }
        for (TestTag tag : test.getTags()) {
            if (ROW.matcher(tag.getName()).matches()) {
                lines.computeIfAbsent(source.getClassName(), _ -> new StringBuilder())
                        .append(String.join("\t", tag.getName(), source.getMethodName(),
                                result.getStatus() == TestExecutionResult.Status.SUCCESSFUL
                                        ? "passed"
                                        : "failed"))
                        .append('\n');
            }
        }
    }

    @Override
    public synchronized void testPlanExecutionFinished(TestPlan plan) {
        try {
            Path folder = Files.createDirectories(Path.of("target", "requirements"));
            for (Map.Entry<String, StringBuilder> written : lines.entrySet()) {
                Files.writeString(folder.resolve(written.getKey() + ".tsv"), written.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
