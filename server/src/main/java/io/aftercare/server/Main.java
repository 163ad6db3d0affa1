package io.aftercare.server;

import java.util.Objects;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The commands of `aftercare.jar`.
@Command(name = "aftercare", mixinStandardHelpOptions = true, versionProvider = Main.Version.class,
        description = "Telemetry, diagnosis, service and signed updates for the makers of smart hardware.",
        subcommands = {ServeCommand.class, CommandLine.HelpCommand.class})
public final class Main implements Runnable {
    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    /// The version that the build gave the jar.
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[]{"aftercare " + Objects.requireNonNullElse(version, "(not from a jar)")};
        }
    }

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new Main());
        line.getSubcommands().get("serve").getCommandSpec().usageMessage().footer(settings());
        line.setExecutionExceptionHandler((failure, command, _) -> {
            if (failure instanceof StartupException) {
                command.getErr().println(failure.getMessage());
                return 2;
            }
            throw failure;
        });
        return line;
    }

    private static String[] settings() {
        return Stream.concat(Stream.of("", "Settings (environment, or --config without AFTERCARE_, as in http-port):"),
                Stream.of(Setting.values()).map(setting -> "  " + setting.variable() + "=" + setting.standard()
                        + System.lineSeparator() + "      " + setting.help()))
                .toArray(String[]::new);
    }

    @Override
    public void run() {
        spec.commandLine().usage(System.out);
    }
}
