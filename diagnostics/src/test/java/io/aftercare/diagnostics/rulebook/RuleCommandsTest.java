package io.aftercare.diagnostics.rulebook;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercare.diagnostics.rule.RuleReaderTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleCommandsTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    @TempDir
    Path folder;

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private String said() {
        String said = bytes.toString(StandardCharsets.UTF_8);
        bytes.reset();
        return said;
    }

    @Test
    void theSampleRulesOfTheDocumentationPass() throws IOException {
        Path samples = Path.of("..", "docs", "rules"); // tests run in their module's folder
        try (Stream<Path> files = Files.list(samples)) {
            List<Path> rules = files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
            assertThat(rules).hasSizeGreaterThan(4);
            assertThat(RuleTestCommand.run(rules, out)).as(said()).isZero();
        }
    }

    @Test
    void theExitCodeSaysWhatHappened() throws IOException {
        Path good = file("good.yaml", RuleReaderTest.FUSER);
        Path failing = file("failing.yaml",
                RuleReaderTest.FUSER.replace("at: 3m50s, open: true", "at: 3m10s, open: true"));
        Path broken = file("broken.yaml", RuleReaderTest.FUSER.replace("severity: major", "severity: majr"));
        assertThat(RuleTestCommand.run(List.of(good), out)).isZero();
        assertThat(said()).contains("SUCCESS: fuser-overheat, 1 test");
        assertThat(RuleTestCommand.run(List.of(good, failing), out)).isEqualTo(1);
        assertThat(said()).contains("FAILED", "at 3m10s the fault should be open and is closed");
        assertThat(RuleTestCommand.run(List.of(broken, good), out)).isEqualTo(2);
        assertThat(said()).contains("INVALID", "line 4, column 42, fault.severity");
        assertThat(RuleTestCommand.run(List.of(folder.resolve("none.yaml")), out)).isEqualTo(2);
        assertThat(said()).contains("UNREADABLE").contains("is the path right?");
    }

    @Test
    void aTableIsStreamedThroughAnExpression() throws IOException {
        Path csv = file("t.csv", """
                timestamp,value,other
                2026-01-05 00:00:00,10,
                2026-01-05 00:00:10,20,1
                2026-01-05T00:00:20Z,31,2
                """);
        assertThat(RuleEval.run("avg(value, \"15s\")", csv, out, out)).isZero();
        assertThat(said()).isEqualTo("""
                timestamp,result
                2026-01-05 00:00:00,10
                2026-01-05 00:00:10,15
                2026-01-05T00:00:20Z,25.5
                """);
        assertThat(RuleEval.run("value > 15 && other > 0", csv, out, out)).isZero();
        assertThat(said()).isEqualTo("""
                timestamp,result
                2026-01-05 00:00:00,false
                2026-01-05 00:00:10,true
                2026-01-05T00:00:20Z,true
                """);
        assertThat(RuleEval.run("other > 0", csv, out, out)).isZero();
        assertThat(said()).startsWith("timestamp,result\n2026-01-05 00:00:00,\n");
    }

    @Test
    void aBadTableOrExpressionIsToldByItsPlace() throws IOException {
        Path csv = file("t.csv", "timestamp,value\n2026-01-05 00:00:00,1\nyesterday,2\n");
        assertThat(RuleEval.run("value > 0", csv, out, out)).isEqualTo(2);
        assertThat(said()).contains("line 3: \"yesterday\" is no time such as");
        assertThat(RuleEval.run("volts > 0", csv, out, out)).isEqualTo(2);
        assertThat(said()).contains("there is no column volts, which the expression names; there is value");
        assertThat(RuleEval.run("value >", csv, out, out)).isEqualTo(2);
        assertThat(said()).contains("--expr: column 8");
        assertThat(RuleEval.run("value > 0", file("u.csv", "t,value\n2026-01-05 00:00:00,x\n"), out, out))
                .isEqualTo(2);
        assertThat(said()).contains("line 2: \"x\" is no number");
        assertThat(RuleEval.run("value > 0", folder.resolve("none.csv"), out, out)).isEqualTo(2);
        assertThat(said()).contains("is the path right?");
    }
}
