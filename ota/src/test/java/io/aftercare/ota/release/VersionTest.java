package io.aftercare.ota.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class VersionTest {
    @Test
    void versionsAreOrderedAsSemverDoes() {
        // the chain of https://semver.org, section 11, with more before and after
        List<String> ordered = List.of("0.9", "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta",
                "1.0.0-beta",
                "1.0.0-beta.2", "1.0.0-beta.11", "1.0.0-rc.1", "1.0.0", "1.0.0.1", "1.2", "1.10.0", "2");
        for (int i = 0; i < ordered.size(); i++) {
            for (int j = 0; j < ordered.size(); j++) {
                assertThat(Version.below(ordered.get(i), ordered.get(j)))
                        .as(ordered.get(i) + " < " + ordered.get(j))
                        .isEqualTo(i < j);
            }
        }
    }

    @Test
    void buildMetadataAndALeadingVMakeNoDifference() {
        assertThat(Version.of("v1.2.3+abc")).isEqualTo(Version.of("1.2.3"));
        assertThat(Version.of("1.2")).isEqualTo(Version.of("1.2.0"));
    }

    @Test
    void whatIsNoVersionIsBelowNothing() {
        for (String text : new String[]{"", "latest", "1.2.3.4.5", "1..2", "-1", "1.2.3-", "1234567890.1"}) {
            assertThat(Version.of(text)).as(text).isEmpty();
            assertThat(Version.below(text, "1.0")).isFalse();
            assertThat(Version.below("1.0", text)).isFalse();
        }
    }
}
