package io.aftercare.service.casefile;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercare.service.casefile.CaseDocument.Line;
import io.aftercare.service.period.Sampling;
import io.aftercare.service.text.Words;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class FileComparisonTest {
    private static final Instant AT = Instant.parse("2026-11-02T09:00:00Z");

    @Test
    @Tag("R84")
    void aFileMatchesUntilAFactIsGoneOrOtherwise() {
        CaseFile.Entry kept = entry(DocumentKind.HANDLING, new Line("rootCause", "worn roller"),
                new Line("a", "b"), new Line("a", "b"));
        assertThat(FileComparison.differences(List.of(kept), List.of(kept))).isEmpty();
        CaseFile.Entry grown = entry(DocumentKind.HANDLING, new Line("rootCause", "worn roller"),
                new Line("a", "b"), new Line("a", "b"), new Line("later", "a comment"));
        assertThat(FileComparison.differences(List.of(kept), List.of(grown))).isEmpty();
        CaseFile.Entry thinned = entry(DocumentKind.HANDLING, new Line("rootCause", "worn roller"),
                new Line("a", "b"));
        assertThat(FileComparison.differences(List.of(kept), List.of(thinned))).singleElement().asString()
                .contains("reads differently now");
        CaseFile.Entry changed = entry(DocumentKind.HANDLING, new Line("rootCause", "user's fault"),
                new Line("a", "b"), new Line("a", "b"));
        assertThat(FileComparison.differences(List.of(kept), List.of(changed))).singleElement().asString()
                .contains("worn roller");
        assertThat(FileComparison.differences(List.of(kept), List.of())).singleElement().asString()
                .contains("nowhere else");
        assertThat(FileComparison.differences(List.of(entry(DocumentKind.SURVEY, new Line("score", "5"))),
                List.of()))
                .as("what goes on changing is not compared").isEmpty();
    }

    @Test
    @Tag("R84")
    void aSampleIsDrawnWithoutRepetitionAlikeForASeedAndEveryoneAsOften() {
        List<Integer> population = IntStream.range(0, 50).boxed().toList();
        Map<Integer, Integer> drawn = new HashMap<>();
        for (long seed = 0; seed < 2000; seed++) {
            List<Integer> sample = Sampling.draw(population, 5, seed);
            assertThat(sample).as("seed " + seed).hasSize(5).doesNotHaveDuplicates().isSorted()
                    .isEqualTo(Sampling.draw(population, 5, seed));
            sample.forEach(one -> drawn.merge(one, 1, Integer::sum));
        }
        // 200 expected; 6 standard deviations are 81
        assertThat(drawn.values()).hasSize(50).allSatisfy(count -> assertThat(count).isBetween(119, 281));
        assertThat(Sampling.draw(population, 80, 1)).isEqualTo(population);
    }

    @Test
    void aPageEscapesWhatPeopleWroteAndBothLanguagesHaveTheSameWords() {
        assertThat(Words.of("casefile", "zh").keys()).isEqualTo(Words.of("casefile", "en").keys());
        CaseDocument document = new CaseDocument(DocumentKind.ORDER, "T-1", AT, "ann", "x",
                List.of(new Line("symptom", "<script>alert('1')</script> & \"so\"")),
                List.of(enclosure("small.png", "image/png", 3),
                        enclosure("large.bin", "x/y", FilePage.ENCLOSURE_BYTES_MAX + 1),
                        enclosure("log.html", "text/html", 3)),
                null);
        CaseFile file = new CaseFile("1", "T-000001", FileClass.REPAIR, "open", null, "LP-1", "ann", AT, null,
                true,
                List.of(), List.of(CaseFile.Entry.of(document)), List.of());
        String page = new String(FilePage.of(file, List.of(document), Words.of("casefile", "both")),
                StandardCharsets.UTF_8);
        assertThat(page).contains("&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; &amp; &quot;so&quot;")
                .doesNotContain("<script").contains("Service order / 服务单")
                .contains("data:image/png;base64,AQID")
                .contains("data:application/octet-stream;base64,AQID")
                .contains("large.bin, 2097153 B, SHA-256 ff");
    }

    private static Enclosure enclosure(String name, String type, long size) {
        return new Enclosure(name, type, "ff", size, () -> new byte[]{1, 2, 3});
    }

    private static CaseFile.Entry entry(DocumentKind kind, Line... lines) {
        return CaseFile.Entry.of(new CaseDocument(kind, "T-1", AT, "", "x", List.of(lines), null));
    }
}
