package io.aftercare.server;

import java.util.Objects;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The commands of `aftercare.jar`.
@Command(name = "aftercare", mixinStandardHelpOptions = true, versionProvider = Main.Version.class, description = "Telemetry, diagnosis, service and signed updates for the makers of smart hardware.", subcommands = {
        FirmwareCommands.Keygen.class, FirmwareCommands.Sign.class, FirmwareCommands.Verify.class,
        FirmwareCommands.Root.class,
        RuleCommands.class, BackupCommand.class, CommandLine.HelpCommand.class})
public final class Main implements Runnable {
    /// The version that the build gave the jar.
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[]{"aftercare " + Objects.requireNonNullElse(version, "(not from a jar)")};
        }
    }

    public static void main(String[] arguments) {
        int exit = commandLine().execute(arguments);
        System.exit(exit);
    }

    static CommandLine commandLine() {
        CommandLine serve = new CommandLine(new ServeCommand());
        serve.getCommandSpec().usageMessage().footer(settings());
        CommandLine line = new CommandLine(new Main()).addSubcommand(serve);
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
        return Stream.concat(Stream.of("", "Settings (environment, or in the file as http-port: 8080):"),
                Stream.of(Setting.values()).flatMap(setting -> Stream
                        .of("  " + setting.variable() + "=" + setting.standard(), "      " + setting.help())))
                .toArray(String[]::new);
    }

    @Override
    public void run() {
        commandLine().usage(System.out);
    }
}
