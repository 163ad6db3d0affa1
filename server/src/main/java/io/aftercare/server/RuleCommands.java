package io.aftercare.server;

import io.aftercare.diagnostics.library.LibraryCommand;
import io.aftercare.diagnostics.rulebook.RuleEval;
import io.aftercare.diagnostics.rulebook.RuleTestCommand;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `rules test`, `rules eval` and `rules library`: rules without a server.
@Command(name = "rules", mixinStandardHelpOptions = true, versionProvider = Main.Version.class, description = "Works with rules, without a server.", subcommands = {
        RuleCommands.Test.class, RuleCommands.Eval.class, RuleCommands.Ready.class})
final class RuleCommands implements Callable<Integer> {
    @Override
    public Integer call() {
        new CommandLine(new RuleCommands()).usage(System.out);
        return CommandLine.ExitCode.USAGE;
    }

    @Command(name = "test", mixinStandardHelpOptions = true, description = "Runs the tests written in rule files; exits with 1 where one fails.")
    static final class Test implements Callable<Integer> {
        @Parameters(paramLabel = "FILE", arity = "1..*", description = "rules as YAML or JSON")
        private List<Path> files = new ArrayList<>();

        @Override
        public Integer call() {
            return RuleTestCommand.run(files, System.out);
        }
    }

    @Command(name = "eval", mixinStandardHelpOptions = true, description = "Streams a CSV through an expression and prints timestamp,result for each row.")
    static final class Eval implements Callable<Integer> {
        @Option(names = "--expr", required = true, paramLabel = "EXPRESSION", description = "in the rules' language")
        private String expression = "";

        @Option(names = "--csv", required = true, paramLabel = "FILE", description = "a header, then rows: a timestamp (ISO, or yyyy-MM-dd HH:mm:ss in UTC), metrics by name")
        private Path csv = Path.of("");

        @Override
        public Integer call() {
            return RuleEval.run(expression, csv, System.out, System.err);
        }
    }

    @Command(name = "library", mixinStandardHelpOptions = true, description = "Lists the ready rules that come with this program; prints those named, or writes them to a folder.")
    static final class Ready implements Callable<Integer> {
        @Parameters(paramLabel = "ID", arity = "0..*", description = "rules to print; without one the library is listed")
        private List<String> ids = new ArrayList<>();

        @Option(names = "--model", paramLabel = "MODEL", description = "only rules for this product")
        private List<String> models = new ArrayList<>();

        @Option(names = "--to", paramLabel = "FOLDER", description = "write each rule to a file of its own here")
        private @Nullable Path folder;

        @Override
        public Integer call() {
            return LibraryCommand.run(ids, models, folder, System.out, System.err);
        }
    }
}
