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
import java.util.stream.Collectors;
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
        Path csv = file("t.csv", "timestamp,value\n2026-01-05 00:00:00,1\n");
        assertThat(RuleEval.run("volts > 0", csv, out, out)).isEqualTo(2);
        assertThat(said()).contains("there is no column volts, which the expression names; there is value");
        assertThat(RuleEval.run("value >", csv, out, out)).isEqualTo(2);
        assertThat(said()).contains("--expr: column 8");
        assertThat(RuleEval.run("value > 0", file("u.csv", ""), out, out)).isEqualTo(2);
        assertThat(said()).contains("line 1: the file is empty");
        assertThat(RuleEval.run("value > 0", folder.resolve("none.csv"), out, out)).isEqualTo(2);
        assertThat(said()).contains("is the path right?");
    }

    @Test
    void aRowThatCannotBeReadIsAnsweredWithNothingAndToldAtTheEnd() throws IOException {
        Path csv = file("t.csv",
                "timestamp,value\nyesterday,2\n2026-01-05 00:00:00,x\n2026-01-05 00:00:10,3\n");
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        assertThat(RuleEval.run("value", csv, out, new PrintStream(told, true, StandardCharsets.UTF_8)))
                .isZero();
        assertThat(said())
                .isEqualTo("timestamp,result\nyesterday,\n2026-01-05 00:00:00,\n2026-01-05 00:00:10,3\n");
        assertThat(told.toString(StandardCharsets.UTF_8))
                .contains("2 rows have no answer; the first: line 2: \"yesterday\" is no time such as");
    }

    @Test
    void tablesOfManyFormsAreReadAlike() throws IOException {
        String expected = "10\n20\n20\n30\n5\n";
        for (String form : List.of("""
                timestamp,value
                2026-01-05T00:00:00Z,10
                2026-01-05T00:00:10.5Z,20
                2026-01-05T00:00:11Z,
                2026-01-05T00:00:11Z,30
                2026-01-05T00:00:05Z,5
                """, """
                \uFEFF"timestamp";"other, thing";"value"\r
                "2026/01/05 01:00 +01:00";"a ""quoted"" one";"10"\r
                \r
                2026-01-05 00:00:10.500 UTC;;20\r
                2026-01-05 00:00:11;;NaN\r
                2026-01-05 00:00:11;"two
                lines";30\r
                2026-01-05;; 5.0 \r
                """,
                "t\tvalue\n1767571200\t10\n1767571210.5\t20\n1767571211000\tnull\n1767571211000000\t30\n0\t5")) {
            assertThat(RuleEval.run("value", file("t.csv", form), out, out)).isZero();
            String said = said();
            assertThat(said.lines().skip(1).map(row -> row.substring(row.lastIndexOf(',') + 1) + "\n")
                    .collect(Collectors.joining())).as(said).isEqualTo(expected);
        }
    }

    @Test
    void everyRowGetsAScoreWhetherTimesGoOnOrNot() throws IOException {
        StringBuilder csv = new StringBuilder("timestamp,value\n");
        for (int i = 0; i < 1_000; i++) {
            csv.append(1_767_571_200 - i).append(',').append(i == 700 ? 90 : 7 + i % 3).append('\n');
        }
        assertThat(RuleEval.run("anomaly(value)", file("t.csv", csv.toString()), out, out)).isZero();
        List<Double> scores = said().lines().skip(1)
                .map(row -> Double.valueOf(row.substring(row.indexOf(',') + 1)))
                .toList();
        assertThat(scores).hasSize(1_000).allMatch(score -> score >= 0 && score <= 1);
        assertThat(scores.get(700)).isGreaterThanOrEqualTo(0.5);
        assertThat(scores.stream().filter(score -> score >= 0.5)).hasSizeLessThan(3);
    }
}
