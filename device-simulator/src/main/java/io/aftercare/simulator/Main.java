package io.aftercare.simulator;

import io.aftercare.simulator.demo.DemoCommand;
import io.aftercare.simulator.fleet.FleetCommand;
import io.aftercare.simulator.host.HostCommand;
import io.aftercare.simulator.house.HouseCommand;
import io.aftercare.simulator.load.LoadCommand;
import io.aftercare.simulator.replay.ReplayCommand;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The simulator's command line. Exit codes: 0 done, 1 it went wrong (one line says what), 2 wrong usage.
@Command(name = "device-simulator", mixinStandardHelpOptions = true, versionProvider = VersionOfJar.class, synopsisSubcommandLabel = "COMMAND", description = "Virtual devices for Aftercare: a fleet with believable faults, a load generator, a CSV replayer,%n"
        + "this machine's own sensors, and the demonstration of the whole loop.", subcommands = {
                DemoCommand.class, FleetCommand.class, HouseCommand.class, HostCommand.class,
                ReplayCommand.class,
                LoadCommand.class}, footer = "%n'COMMAND --help' tells the options of each.")
public final class Main {
    private static final String LOG_SETTING = "logback.configurationFile";

    private Main() {}

    public static void main(String[] args) {
        if (System.getProperty(LOG_SETTING) == null) {
            System.setProperty(LOG_SETTING, "simulator-logback.xml");
        }
        int code = commandLine().execute(args);
        if (code != 0) {
            System.exit(code);
        }
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setExecutionExceptionHandler((problem, command, _) -> explain(problem, command))
                .setUsageHelpAutoWidth(true);
    }

    /// One line for what a user can put right; the stack only for what nobody foresaw.
    private static int explain(Exception problem, CommandLine command) throws Exception {
        switch (problem) {
            case NoSuchFileException missing ->
                command.getErr()
                        .println(command.getCommandName() + ": there is no file " + missing.getFile());
            case IllegalArgumentException _, IllegalStateException _, IOException _ ->
                command.getErr()
                        .println(command.getCommandName() + ": "
                                + Objects.requireNonNullElse(problem.getMessage(), problem.toString()));
            default -> throw problem;
        }
        return CommandLine.ExitCode.SOFTWARE;
    }
}
