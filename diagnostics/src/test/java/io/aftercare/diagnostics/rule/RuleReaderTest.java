package io.aftercare.diagnostics.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aftercare.diagnostics.rulebook.RuleTests;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

public class RuleReaderTest {
    public static final String FUSER = """
            id: fuser-overheat
            title: Fuser overheating
            applies_to: { model: [LP-2000, LP-2100], where: 'device.hardware != "A1"' }
            fault: { code: FUSER_OVERHEAT, severity: major }        # critical, major, minor, warning, info
            when: 'fuser_temp > 210.0 && avg(fuser_temp, "5m") > 205.0'
            for: 2m
            clear_when: 'fuser_temp < 195.0'
            clear_for: 1m
            quiet: { flaps: 3, within: 1h, hold: 2h }
            schedule: { days: mon-sun, hours: "00:00-24:00", zone: device }
            ticket: { open: true, priority: P2, skill: thermal }
            remedies:
              - action: { name: restart_heater, class: B }
              - firmware: {}
              - dispatch: { skill: thermal, parts: [FUSER-2000] }
            tests:
              - name: two hot minutes open it, cooling clears it
                step: 10s
                series: { fuser_temp: "200x6 211x20 190x12" }
                expect: [ { at: 3m40s, open: false }, { at: 3m50s, open: true }, { at: 5m10s, open: true }, { at: 5m20s, open: false } ]
            """;

    @Test
    void aWholeRuleIsReadAndPassesItsTests() {
        Rule rule = RuleReader.read(FUSER);
        assertThat(rule.appliesTo().models()).containsExactly("LP-2000", "LP-2100");
        assertThat(rule.holds()).isEqualTo(Duration.ofMinutes(2));
        assertThat(rule.quiet().orElseThrow().hold()).isEqualTo(Duration.ofHours(2));
        assertThat(rule.ticket()).isEqualTo(new Rule.Ticket(true, "P2", "thermal"));
        assertThat(rule.remedies()).hasSize(3);
        assertThat(RuleTests.run(rule)).isEmpty();
    }

    @Test
    void theSameRuleMayBeWrittenAsJson() {
        Rule rule = RuleReader.read(RuleReader.read(FUSER).document().toPrettyString());
        assertThat(rule.document()).isEqualTo(RuleReader.read(FUSER).document());
        assertThat(RuleReader
                .read("{\n\t\"id\": \"a\",\n\t\"fault\": {\"code\": \"A\"}, \"when\": \"t > \\\"5\\\"\"}"
                        .replace("\\\"5\\\"", "5"))
                .id()).isEqualTo("a");
    }

    @Test
    void whatIsReadTwiceIsToldOnce() {
        assertThatThrownBy(() -> RuleReader.read("id: a\nfault: { code: A }\nwhen: 'avg(temp, 5) > 1'"))
                .isInstanceOfSatisfying(InvalidRule.class,
                        wrong -> assertThat(wrong.issues()).hasSize(1));
    }

    @Test
    void aConditionThatEndsTooEarlyIsToldInWords() {
        assertThatThrownBy(() -> RuleReader.read("id: a\nfault: { code: A }\nwhen: 'temp >'"))
                .hasMessageContaining("the condition ends here, in the middle")
                .hasMessageNotContaining("EOF");
    }

    @Test
    void aTitleMayBeWrittenInOtherLanguages() {
        String rule = "id: a\nfault: { code: A }\nwhen: 't > 1'\ntitle: Too hot\n";
        assertThat(RuleReader.read(rule + "titles: { zh: 过热 }").titles()).isEqualTo(Map.of("zh", "过热"));
        assertThat(RuleReader.read(rule).titles()).isEmpty();
        assertThatThrownBy(() -> RuleReader.read(rule + "titles: { fr: chaud }"))
                .hasMessageContaining("there is en, zh");
    }

    @Test
    void aTitleFitsOnATicketAndAliasesAreRefusedByName() {
        assertThatThrownBy(
                () -> RuleReader.read("id: a\nfault: { code: A }\nwhen: 't > 1'\ntitle: " + "x".repeat(201)))
                .hasMessageContaining("line 4, column 8, title: at most 200 characters");
        assertThatThrownBy(() -> RuleReader.read("a: &a [1]\nb: *a"))
                .hasMessageContaining("no aliases of lists or mappings");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            severity: major  | severity: majr       | line 4, column 42, fault.severity: critical, major
            FUSER_OVERHEAT   | fuser                | line 4, column 16, fault.code: A-Z 0-9 _
            > 210.0 &&       | > "x" &&             | line 5, column 19, when: no matching overload: texts have no order
            avg(fuser_temp   | mean(fuser_temp      | when: there is no function mean; do you mean avg
            for: 2m          | for: 2 minutes       | line 6, column 6, for: "2 minutes" is no span of time such as 90s
            clear_for: 1m    | clear_fro: 1m        | clear_fro: not a field here; there is applies_to, at
            clear_for: 1m    | for: 1m              | the key for comes twice
            flaps: 3         | flaps: many          | quiet.flaps: a whole number from 2 to 16
            days: mon-sun    | days: mun            | schedule.days: days such as mon-fri
            open: true,      | open: yes,           | ticket.open: true or false, not yes
            priority: P2     | priority: high       | ticket.priority: P1, P2, P3 or P4
            - firmware: {}   | - firmwear: {}       | firmwear: not a field here; there is action, dispatch, firmware, runbook
            200x6            | 200*6                | tests[0].series.fuser_temp: "200*6" is no part of a series
            'device.hardware != "A1"' | 'fuser_temp > 3' | applies_to.where: a rule is given to devices by what they are
            id: fuser-overheat        | id: [fuser]      | line 1, column 5, id: a value is needed here
            title: Fuser     | title: [Fuser        | this is neither YAML nor JSON
            """)
    void aMistakeIsToldByLineColumnAndRemedy(String right, String wrong, String message) {
        assertThat(FUSER).contains(right);
        assertThatThrownBy(
                () -> RuleReader.read(FUSER.replaceFirst(Pattern.quote(right), wrong)))
                .isInstanceOf(InvalidRule.class).hasMessageContaining(message);
    }

    @Test
    void everythingThatIsWrongIsToldAtOnce() {
        assertThatThrownBy(() -> RuleReader.read("title: x\nfor: soon\nfault: { severity: bad }"))
                .isInstanceOfSatisfying(InvalidRule.class,
                        e -> assertThat(e.issues()).extracting(InvalidRule.Issue::field)
                                .contains("id", "when", "for", "fault.code", "fault.severity"));
        assertThatThrownBy(() -> RuleReader.read("")).hasMessageContaining("the document is empty");
        assertThatThrownBy(() -> RuleReader.read("- a")).hasMessageContaining("a mapping");
        assertThatThrownBy(() -> RuleReader.read("a: &x [1]\nb: [*x, *x]")).isInstanceOf(InvalidRule.class);
    }

    @Test
    void aFailedTestSaysWhenAndWithWhatValues() {
        Rule rule = RuleReader.read(FUSER.replace("at: 3m50s, open: true", "at: 3m10s, open: true"));
        assertThat(RuleTests.run(rule)).singleElement().asString().contains("line 20")
                .contains("at 3m10s the fault should be open and is closed").contains("fuser_temp");
    }

    @Test
    void levelsAreReadCheckedAndTested() {
        String rule = """
                id: hot
                fault:
                  code: HOT
                  severity: minor
                  levels:
                    - { when: 'temp > 90', severity: major }
                    - { when: 'temp > 95', severity: critical, for: 20s }
                when: temp > 80
                tests:
                  - name: it becomes worse and better again
                    step: 10s
                    series: { temp: "85 91 96 96 96 91 85 70" }
                    expect:
                      - { at: 0s, open: true, severity: minor }
                      - { at: 10s, open: true, severity: major }
                      - { at: 30s, open: true, severity: major }
                      - { at: 40s, open: true, severity: critical }
                      - { at: 50s, open: true, severity: major }
                      - { at: 60s, open: true, severity: minor }
                      - { at: 70s, open: false }
                """;
        assertThat(RuleTests.run(RuleReader.read(rule))).isEmpty();
        assertThat(RuleTests.run(RuleReader.read(rule.replace("40s, open: true, severity: critical",
                "40s, open: true, severity: minor"))).toString())
                .contains("at 40s the fault should be minor and is critical");
        assertThatThrownBy(() -> RuleReader.read(rule.replace("temp > 95", "temp >")))
                .isInstanceOf(InvalidRule.class)
                .hasMessageContaining("line 7, column 22, fault.levels[1].when");
        assertThatThrownBy(() -> RuleReader.read(rule + "depends_on: [HOT]"))
                .hasMessageContaining("HOT cannot depend on itself");
        assertThatThrownBy(() -> RuleReader.read(rule + "depends_on: {gateway: [GW], grace: 2h}"))
                .hasMessageContaining("an hour at most");
    }
}
