package io.aftercare.service.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.aftercare.service.quality.Charts.Point;
import io.aftercare.service.quality.FaultStatistics.Count;
import io.aftercare.service.quality.Reliability.Fleet;
import io.aftercare.service.text.Words;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class ParetoTest {
    @Test
    @Tag("R66")
    void barsGoDownSharesAddUpAndTheLastTakesTheRest() {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            Map<String, Integer> counts = new HashMap<>();
            for (int i = random.nextInt(40); i >= 0; i--) {
                counts.put("c" + i, 1 + random.nextInt(100));
            }
            Pareto pareto = Pareto.of("code", counts);
            int total = counts.values().stream().mapToInt(Integer::intValue).sum();
            assertThat(pareto.bars().stream().mapToInt(Pareto.Bar::count).sum()).as("seed " + seed)
                    .isEqualTo(total);
            assertThat(pareto.bars().getLast().cumulative()).as("seed " + seed).isEqualTo(1.0);
            assertThat(pareto.bars()).as("seed " + seed).hasSizeLessThanOrEqualTo(Pareto.BARS_MAX);
            assertThat(pareto.bars().stream().filter(bar -> !bar.name().equals("…")).map(Pareto.Bar::count)
                    .toList())
                    .as("seed " + seed).isSortedAccordingTo((a, b) -> b - a);
            assertThat(pareto.bars().stream().map(Pareto.Bar::cumulative).toList()).as("seed " + seed)
                    .isSorted();
        }
        assertThat(Pareto.of("code", Map.of()).bars()).isEmpty();
    }

    @Test
    @Tag("R62")
    @Tag("R89")
    void failureRateStabilityAndLifeFollowFromPopulationAndFaults() {
        List<Fleet> fleets = List.of(new Fleet("LP", "1.0", "B1", "north", 10, 7440),
                new Fleet("LP", "1.1", "B1", "south", 30, 22_320),
                new Fleet("LP", "1.1", "B2", "south", 40, 29_760));
        List<Count> counts = List.of(new Count("JAM", "LP", "1.0", "B1", "north", 8, 5),
                new Count("HOT", "LP", "1.1", "B2", "south", 2, 2));
        List<Reliability.Line> lines = Reliability.of("batch", fleets, counts, Fleet::batch, Count::batch)
                .lines();
        assertThat(lines).containsExactly(new Reliability.Line("B1", 40, 8, 5, 0.2, 0.875, 3720.0),
                new Reliability.Line("B2", 40, 2, 2, 0.05, 0.95, 14_880.0));
        assertThat(Reliability.of("model", fleets, List.of(), Fleet::model, Count::model).lines())
                .containsExactly(new Reliability.Line("LP", 80, 0, 0, 0, 1, null));
    }

    @Test
    void chartsAreWellFormedWhateverTheirNames() {
        Pareto pareto = Pareto.of("code", Map.of("<b>&\"", 3, "非常长的名称非常长的名称非常长的名称非常长的名称", 2));
        for (String svg : List.of(Charts.pareto("a < b & c", pareto), Charts.bars("x", List.of()),
                Charts.bars("x", List.of(new Point("<>", 0, "–"), new Point("😀".repeat(40), 3, "3"))),
                Charts.line("x", List.of(new Point("2026-10", 0, "0"))))) {
            assertThatCode(() -> DocumentBuilderFactory.newInstance().newDocumentBuilder()
                    .parse(new InputSource(new StringReader(svg)))).as(svg).doesNotThrowAnyException();
            assertThat(svg).doesNotContain("script").doesNotContain("NaN");
        }
    }

    @Test
    void aCellThatASpreadsheetWouldRunIsKeptFromIt() {
        String text = new String(new Csv().row("=HYPERLINK(1)", -5, "a,\"b\"", null, "@x").bytes(),
                StandardCharsets.UTF_8);
        assertThat(text).isEqualTo("\uFEFF'=HYPERLINK(1),-5,\"a,\"\"b\"\"\",,'@x\r\n");
        assertThat(Words.of("quality", "zh").keys()).isEqualTo(Words.of("quality", "en").keys());
    }
}
