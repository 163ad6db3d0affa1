package io.aftercare.benchmarks;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The benchmarks' command line. Exit codes: 0 measured, 1 it went wrong (one line says what), 2 wrong usage.
@Command(name = "benchmarks", mixinStandardHelpOptions = true, synopsisSubcommandLabel = "COMMAND", description = "Speed beside peers, as ratios taken in one run. docs/performance.md explains the figures.", subcommands = {
        IngestCommand.class, ConnectionsCommand.class, LatencyCommand.class, StartCommand.class,
        MicroCommand.class, StorageCommand.class, QueryCommand.class, IdleCommand.class,
        GrowthCommand.class, AnomalyCommand.class, RulesCommand.class, OtaCommand.class,
        ActionsCommand.class, ConsoleCommand.class})
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        int code = commandLine().execute(args);
        System.exit(code);
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setExecutionExceptionHandler((problem, command, _) -> explain(problem, command))
                .setUsageHelpAutoWidth(true);
    }

    /// One line for what a user can put right; the stack only for what nobody foresaw.
    private static int explain(Exception problem, CommandLine command) throws Exception {
        switch (problem) {
            case IllegalArgumentException _, IOException _, SQLException _ ->
                command.getErr().println(command.getCommandName() + ": "
                        + Objects.requireNonNullElse(problem.getMessage(), problem.toString()));
            default -> throw problem;
        }
        return CommandLine.ExitCode.SOFTWARE;
    }
}
