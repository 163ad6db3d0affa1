package io.aftercare.diagnostics.rulebook;

import io.aftercare.diagnostics.expression.Condition;
import io.aftercare.diagnostics.expression.Expression;
import io.aftercare.diagnostics.expression.Frame;
import io.aftercare.diagnostics.expression.InvalidExpression;
import io.aftercare.diagnostics.expression.Language;
import io.aftercare.diagnostics.expression.Layout;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;

/// `rules eval --expr … --csv FILE`: streams a table of values through an expression in one pass, with memory that does not
/// grow with the file. The first column is the time, the others are metrics by the names in the header.
public final class RuleEval {
    private static final DateTimeFormatter PLAIN = DateTimeFormatter
            .ofPattern("yyyy-MM-dd HH:mm:ss[.SSSSSS][.SSS]");

    private final Layout layout = new Layout();
    private final Expression.Compiled compiled;
    private final Frame frame;
    private long newest = Long.MIN_VALUE;

    private RuleEval(Expression expression) {
        this.compiled = expression.compile(layout);
        this.frame = new Frame(layout);
    }

    /// Prints `timestamp,result` and a line for each row: a number, `true`, `false`, or nothing where the result is unknown.
    ///
    /// @return the exit code: 0, or 2 where the expression or the file is wrong, which is said on `errors`
    public static int run(String expression, Path csv, PrintStream out, PrintStream errors) {
        try {
            RuleEval evaluation = new RuleEval(Language.any(expression));
            if (evaluation.layout.metrics().isEmpty()) {
                errors.println("--expr: names no metric; use the names in the header of the CSV");
                return 2;
            }
            evaluation.stream(csv, out);
            return 0;
        } catch (InvalidExpression e) {
            e.issues().forEach(issue -> errors.println("--expr: " + issue));
        } catch (BadCsv e) {
            errors.println(csv + ": " + e.getMessage());
        } catch (IOException e) {
            errors.println(csv + " cannot be read: " + e + "; is the path right?");
        }
        return 2;
    }

    private static final class BadCsv extends Exception {
        BadCsv(int line, String message) {
            super("line " + line + ": " + message);
        }
    }

    private void stream(Path csv, PrintStream out) throws IOException, BadCsv {
        try (BufferedReader reader = Files.newBufferedReader(csv, StandardCharsets.UTF_8)) {
            int[] slots = header(reader.readLine());
            out.println("timestamp,result");
            int line = 1;
            for (String row = reader.readLine(); row != null; row = reader.readLine()) {
                line++;
                if (!row.isBlank()) {
                    String[] cells = row.split(",", -1);
                    out.println(cells[0] + "," + evaluate(cells, slots, line));
                }
            }
            out.flush();
        }
    }

    private int[] header(@org.jspecify.annotations.Nullable String header) throws BadCsv {
        if (header == null) {
            throw new BadCsv(1, "the file is empty; its first line is a header such as timestamp,value");
        }
        String[] names = header.replace("\uFEFF", "").split(",", -1);
        int[] slots = new int[names.length];
        for (int i = 0; i < names.length; i++) {
            slots[i] = i == 0 ? -1 : layout.metrics().getOrDefault(unquoted(names[i]), -1);
        }
        for (String metric : layout.metrics().keySet()) {
            if (Arrays.stream(names).skip(1).noneMatch(name -> unquoted(name).equals(metric))) {
                throw new BadCsv(1, "there is no column " + metric + ", which the expression names; there is "
                        + String.join(", ", Arrays.asList(names).subList(1, names.length)));
            }
        }
        return slots;
    }

    private String evaluate(String[] cells, int[] slots, int line) throws BadCsv {
        long micros = micros(unquoted(cells[0]), line);
        newest = Math.max(newest, micros);
        frame.clock(micros);
        for (int i = 1; i < Math.min(cells.length, slots.length); i++) {
            if (slots[i] >= 0 && !cells[i].isBlank()) {
                frame.arrived(micros);
                frame.value(slots[i], number(unquoted(cells[i]), line), micros);
            }
        }
        frame.judgeAt(newest);
        return switch (compiled) {
            case Expression.Compiled.OfCondition it -> switch (it.condition().of(frame)) {
                case Condition.TRUE -> "true";
                case Condition.FALSE -> "false";
                default -> "";
            };
            case Expression.Compiled.OfQuantity it -> text(it.quantity().of(frame));
        };
    }

    private static String text(double value) {
        if (Double.isNaN(value)) {
            return "";
        }
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    private static String unquoted(String cell) {
        String trimmed = cell.strip();
        boolean quoted = trimmed.length() >= 2 && trimmed.startsWith("\"") && trimmed.endsWith("\"");
        return quoted ? trimmed.substring(1, trimmed.length() - 1) : trimmed;
    }

    private static double number(String cell, int line) throws BadCsv {
        try {
            double value = Double.parseDouble(cell);
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException _) {
            // told below, like infinity
        }
        throw new BadCsv(line, "\"" + cell + "\" is no number");
    }

    private static long micros(String cell, int line) throws BadCsv {
        try {
            Instant at = cell.indexOf('T') < 0
                    ? LocalDateTime.parse(cell, PLAIN).toInstant(ZoneOffset.UTC)
                    : cell.endsWith("Z") || cell.lastIndexOf('+') > 10 || cell.lastIndexOf('-') > 10
                            ? OffsetDateTime.parse(cell).toInstant()
                            : LocalDateTime.parse(cell).toInstant(ZoneOffset.UTC);
            return Math.addExact(Math.multiplyExact(at.getEpochSecond(), 1_000_000L), at.getNano() / 1_000);
        } catch (DateTimeException | ArithmeticException e) {
            throw new BadCsv(line, "\"" + cell
                    + "\" is no time such as 2026-01-05T08:00:00Z or 2026-01-05 08:00:00 (UTC)");
        }
    }
}
