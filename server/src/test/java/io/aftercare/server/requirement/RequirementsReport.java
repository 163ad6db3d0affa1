package io.aftercare.server.requirement;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Runs after every other test of the build and writes `server/target/requirements.md`: each requirement with the tests that
/// show it. A requirement that no test shows fails the build.
class RequirementsReport {
    @Test
    void everyRequirementIsShownByATestThatPassed() throws IOException {
        Evidence evidence = Evidence.read(Path.of(".."));
        assertThat(evidence.rows()).extracting(Evidence.Row::id)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 93).mapToObj(i -> "R" + i).toList());
        assertThat(evidence.tests().keySet()).as("tags of requirements that there are")
                .isSubsetOf(evidence.rows().stream().map(Evidence.Row::id).toList());
        Files.writeString(Path.of("target", "requirements.md"), evidence.table());
        assertThat(evidence.gaps())
                .as("What is not shown (run the whole build, or `mvn verify -pl server -am`)").isEmpty();
    }
}
