package io.aftercare.server.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What `docs/style.md` asks of every source file and a compiler cannot see.
class HouseRulesTest {
    private static final int LINES_MAX = 500;
    // Written apart, so that this file does not find itself.
    private static final Pattern UNFINISHED = Pattern
            .compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b|@Dis" + "abled");
    private static final Pattern SLEEP = Pattern.compile("Thread\\.sle" + "ep\\(");

    @Test
    void noFileIsLongerThanItsRoom() throws IOException {
        List<String> crowded = new ArrayList<>();
        for (Path file : sources()) {
            long lines = Files.readAllLines(file).size();
            if (lines > LINES_MAX) {
                crowded.add(file + ": " + lines);
            }
        }
        assertThat(crowded).isEmpty();
    }

    @Test
    void nothingIsLeftUnfinishedOrSwitchedOff() throws IOException {
        assertThat(matching(UNFINISHED)).isEmpty();
    }

    @Test
    void nobodySleepsInsteadOfWaitingForACondition() throws IOException {
        assertThat(matching(SLEEP)).isEmpty();
    }

    private static List<String> matching(Pattern pattern) throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file : sources()) {
            int number = 0;
            for (String line : Files.readAllLines(file)) {
                number++;
                if (pattern.matcher(line).find()) {
                    found.add(file + ":" + number + ": " + line.strip());
                }
            }
        }
        return found;
    }

    private static List<Path> sources() throws IOException {
        Path root = Path.of("").toAbsolutePath().getParent();
        assertThat(root).isNotNull().isDirectoryContaining("glob:**/pom.xml");
        try (Stream<Path> files = Files.walk(root)) {
            List<Path> sources = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> file.toString().contains("/src/")).toList();
            assertThat(sources).hasSizeGreaterThan(50);
            return sources;
        }
    }
}
