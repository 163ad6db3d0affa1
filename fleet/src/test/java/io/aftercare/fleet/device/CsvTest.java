package io.aftercare.fleet.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CsvTest {
    @Test
    void cellsMayBeQuotedAndHoldCommasQuotesAndLineBreaks() throws Exception {
        List<Csv.Row> rows = rows("\ufeffid,model\r\n\"a,\"\"b\"\"\",\"x\r\ny\"\n\n\nlast,\n");
        assertThat(rows).extracting(Csv.Row::cells).containsExactly(List.of("id", "model"),
                List.of("a,\"b\"", "x\r\ny"), List.of("last", ""));
        assertThat(rows).extracting(Csv.Row::line).containsExactly(1L, 2L, 6L);
    }

    @Test
    void aFlawIsToldAndTheNextRecordIsReadAsItStands() throws Exception {
        String tooLong = "x".repeat(Csv.RECORD_CHARS_MAX + 1);
        List<Csv.Row> rows = rows("a\"b,c\n" + tooLong + "\ngood,one\n\"never closed,\n");
        assertThat(rows.get(0).flaw()).contains("quote");
        assertThat(rows.get(1).flaw()).contains("more than");
        assertThat(rows.get(2).cells()).containsExactly("good", "one");
        assertThat(rows.get(2).flaw()).isEmpty();
        assertThat(rows.get(3).flaw()).contains("never closed");
    }

    @Test
    void anotherCharacterSetIsToldAndNotGuessed() throws Exception {
        Csv csv = new Csv(
                new ByteArrayInputStream("Ann\nM\u00fcller\n".getBytes(StandardCharsets.ISO_8859_1)));
        assertThat(csv.next().orElseThrow().flaw()).isEmpty();
        assertThat(csv.next().orElseThrow().flaw()).contains("UTF-8");
    }

    @Test
    void whatIsWrittenIsReadWhateverItHolds() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        List<List<String>> table = new ArrayList<>();
        for (int row = 0; row < 2000; row++) {
            table.add(List.of("id" + row, text(random), text(random)));
        }
        String csv = table.stream().map(CsvTest::line)
                .collect(Collectors.joining(random.nextBoolean() ? "\n" : "\r\n"));
        assertThat(rows(csv)).as("seed %d", seed).extracting(Csv.Row::cells).isEqualTo(table);
        assertThat(rows(csv)).as("seed %d", seed).allMatch(row -> row.flaw().isEmpty());
    }

    private static String text(Random random) {
        String alphabet = "ab,\"\n ü€;=";
        return random.ints(random.nextInt(8), 0, alphabet.length()).mapToObj(alphabet::charAt)
                .map(String::valueOf)
                .collect(Collectors.joining());
    }

    private static String line(List<String> cells) {
        return cells.stream().map(cell -> "\"" + cell.replace("\"", "\"\"") + "\"")
                .collect(Collectors.joining(","));
    }

    private static List<Csv.Row> rows(String text) throws IOException {
        InputStream bytes = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        Csv csv = new Csv(bytes);
        List<Csv.Row> rows = new ArrayList<>();
        for (Optional<Csv.Row> row = csv.next(); row.isPresent(); row = csv.next()) {
            rows.add(row.get());
        }
        return rows;
    }
}
