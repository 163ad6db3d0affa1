package io.aftercare.diagnostics.rulebook;

import io.aftercare.diagnostics.rule.InvalidRule;
import io.aftercare.diagnostics.rule.Rule;
import io.aftercare.diagnostics.rule.RuleReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// `rules test FILE…`: reads rule files and runs the tests in them, without a server.
public final class RuleTestCommand {
    private RuleTestCommand() {}

    /// @return the exit code: 0 where every test passed, 1 where one failed, 2 where a file could not be read
    public static int run(List<Path> files, PrintStream out) {
        int code = 0;
        for (Path file : files) {
            code = Math.max(code, run(file, out));
        }
        return code;
    }

    private static int run(Path file, PrintStream out) {
        out.println("Unit testing: " + file);
        try {
            Rule rule = RuleReader.read(Files.readString(file, StandardCharsets.UTF_8));
            List<RuleTests.Failure> failures = RuleTests.run(rule);
            if (failures.isEmpty()) {
                int count = rule.tests().size();
                out.println("  SUCCESS: " + rule.id() + ", "
                        + (count == 0 ? "the file has no tests" : count == 1 ? "1 test" : count + " tests"));
                return 0;
            }
            out.println("  FAILED:");
            failures.forEach(failure -> out.println("    " + file + ": " + failure));
            return 1;
        } catch (InvalidRule e) {
            out.println("  INVALID:");
            e.issues().forEach(issue -> out.println("    " + file + ": " + issue));
            return 2;
        } catch (CharacterCodingException e) {
            out.println("  UNREADABLE: " + file + " is not UTF-8 text");
            return 2;
        } catch (IOException e) {
            out.println("  UNREADABLE: " + file + ": " + e + "; is the path right?");
            return 2;
        }
    }
}
