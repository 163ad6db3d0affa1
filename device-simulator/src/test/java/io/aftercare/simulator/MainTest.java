package io.aftercare.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class MainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        CommandLine line = Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        return line.execute(arguments);
    }

    @Test
    void helpListsEveryCommand() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).contains("fleet", "host", "replay", "load", "demo");
    }

    @Test
    void everyCommandHasHelp() {
        for (String command : new String[]{"fleet", "host", "replay", "load", "demo"}) {
            assertThat(run(command, "--help")).as(command).isZero();
        }
        assertThat(out.toString()).contains("--credentials", "--fault", "--csv", "--window", "--server-jar");
    }

    @Test
    void versionIsTold() {
        assertThat(run("--version")).isZero();
        assertThat(out.toString()).contains("device-simulator");
    }

    @Test
    void wrongUsageEndsWithTwoAndNamesTheOption() {
        assertThat(run("load", "--connections", "many")).isEqualTo(2);
        assertThat(err.toString()).contains("--connections");
    }

    @Test
    void whatTheUserCanPutRightIsOneLine(@TempDir Path folder) {
        assertThat(run("fleet")).isEqualTo(1);
        assertThat(err.toString()).contains("--credentials FILE").doesNotContain("\tat ");
        assertThat(run("demo", "--server-jar", folder.resolve("none.jar").toString())).isEqualTo(1);
        assertThat(err.toString()).contains("none.jar").contains("mvn package");
        assertThat(run("load", "--resend", folder.resolve("no-ledger").toString())).isEqualTo(1);
        assertThat(err.toString()).contains("there is no file").contains("no-ledger");
        assertThat(run("load", "--qos", "7")).isEqualTo(1);
        assertThat(err.toString()).contains("qos must be 0, 1 or 2");
    }
}
