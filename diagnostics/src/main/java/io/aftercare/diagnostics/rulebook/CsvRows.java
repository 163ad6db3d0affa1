package io.aftercare.diagnostics.rulebook;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The rows of a table in text: commas, semicolons or tabs between the cells, whichever the first line has most of; quotes around cells
/// where they are needed (RFC 4180), any line ends, blank lines passed over, a byte order mark too. Holds one row.
final class CsvRows implements Closeable {
    /// A row of more characters than this is refused.
    private static final int ROW_MAX = 1_000_000;

    private final BufferedReader reader;
    private char separator = ',';
    private int line;
    private int begun;

    CsvRows(Path file) throws IOException {
        this.reader = new BufferedReader(
                new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8));
    }

    /// The line on which the newest row began, from 1.
    int line() {
        return begun;
    }

    /// The next row's cells, null at the end.
    @Nullable
    List<String> next() throws IOException {
        String row = reader.readLine();
        line++;
        while (row != null && row.isBlank()) {
            row = reader.readLine();
            line++;
        }
        if (row == null) {
            return null;
        }
        if (begun == 0) {
            row = row.startsWith("\uFEFF") ? row.substring(1) : row;
            separator = separatorOf(row);
        }
        begun = line;
        return row.indexOf('"') < 0 ? plain(row) : quoted(row);
    }

    private static char separatorOf(String header) {
        char best = ',';
        for (char candidate : new char[]{';', '\t'}) {
            best = count(header, candidate) > count(header, best) ? candidate : best;
        }
        return best;
    }

    private static long count(String text, char of) {
        return text.chars().filter(it -> it == of).count();
    }

    private List<String> plain(String row) {
        List<String> cells = new ArrayList<>();
        int from = 0;
        for (int at = row.indexOf(separator); at >= 0; at = row.indexOf(separator, from)) {
            cells.add(row.substring(from, at).strip());
            from = at + 1;
        }
        cells.add(row.substring(from).strip());
        return cells;
    }

    private List<String> quoted(String first) throws IOException {
        String row = first;
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean inside = false;
        for (int i = 0;; i++) {
            if (i == row.length()) {
                String more = inside && row.length() < ROW_MAX ? reader.readLine() : null;
                if (more == null) {
                    cells.add(cell.toString().strip());
                    return cells;
                }
                line++;
                row = row + '\n' + more;
            }
            char it = row.charAt(i);
            if (it == '"' && inside && i + 1 < row.length() && row.charAt(i + 1) == '"') {
                cell.append(it);
                i++;
            } else if (it == '"') {
                inside = !inside;
            } else if (it == separator && !inside) {
                cells.add(cell.toString().strip());
                cell.setLength(0);
            } else {
                cell.append(it);
            }
        }
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
