package io.aftercare.simulator.replay;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The columns of a recording, and what its lines mean. The first column is the time, the others are metrics by name; a
/// name's forbidden characters become `_`. Empty cells are left out, `true` and `false` are booleans, what is no finite
/// number is a text.
record Recording(List<String> metrics) {
    private static final int NAME_MAX = 64;

    Recording {
        metrics = List.copyOf(metrics);
    }

    /// What a line holds.
    record Row(long ts, Map<String, Object> values) {}

    /// Reads the header.
    ///
    /// @throws IllegalArgumentException where there is no metric
    static Recording of(String header) {
        List<String> cells = Csv.cells(header.startsWith("\uFEFF") ? header.substring(1) : header);
        if (cells.size() < 2) {
            throw new IllegalArgumentException(
                    "the header needs a time column and at least one metric, separated by commas: " + header);
        }
        List<String> metrics = new ArrayList<>();
        for (String cell : cells.subList(1, cells.size())) {
            String name = cell.replaceAll("[^A-Za-z0-9_.:/-]", "_");
            String fitting = name.substring(0, Math.min(NAME_MAX, name.length()));
            if (fitting.isEmpty() || metrics.contains(fitting)) {
                fitting = "column_" + (metrics.size() + 2);
            }
            metrics.add(fitting);
        }
        return new Recording(metrics);
    }

    /// Reads a line.
    ///
    /// @throws IllegalArgumentException saying what is wrong with it
    Row row(String line) {
        List<String> cells = Csv.cells(line);
        if (cells.size() != metrics.size() + 1) {
            throw new IllegalArgumentException(
                    cells.size() + " cells where the header has " + (metrics.size() + 1));
        }
        Map<String, Object> values = new LinkedHashMap<>();
        for (int i = 0; i < metrics.size(); i++) {
            String cell = cells.get(i + 1);
            if (!cell.isEmpty()) {
                values.put(metrics.get(i), value(cell));
            }
        }
        if (values.isEmpty()) {
            throw new IllegalArgumentException("no values");
        }
        return new Row(Timestamp.parse(cells.getFirst()), values);
    }

    private static Object value(String cell) {
        if (cell.equalsIgnoreCase("true") || cell.equalsIgnoreCase("false")) {
            return Boolean.valueOf(cell);
        }
        if (!cell.matches("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?")) {
            return cell;
        }
        double number = Double.parseDouble(cell);
        return Double.isFinite(number) ? number : cell;
    }
}
