package io.aftercare.diagnostics.rulebook;

import io.aftercare.diagnostics.expression.Condition;
import io.aftercare.diagnostics.expression.Expression;
import io.aftercare.diagnostics.expression.Frame;
import io.aftercare.diagnostics.expression.InvalidExpression;
import io.aftercare.diagnostics.expression.Language;
import io.aftercare.diagnostics.expression.Layout;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `rules eval --expr … --csv FILE`: streams a table of values through an expression in one pass, with memory that does not
/// grow with the file. The first column is the time, the others are metrics by the names in the header.
///
/// Every row is answered, in the order of the file: a row whose time is before that of an earlier one (a clock put back)
/// counts as of the same moment. An empty cell and `NaN`, `NA` or `null` bring no value; a cell that is no number and a time that
/// is none leave the row's answer empty, and are counted and told at the end.
public final class RuleEval {
    private static final Set<String> MISSING = Set.of("", "nan", "na", "n/a", "null", "none", "-");
    private static final int BUFFER = 1 << 16;

    private final Layout layout = new Layout();
    private final Expression.Compiled compiled;
    private final Frame frame;
    private final StringBuilder text = new StringBuilder();
    private long newest = Long.MIN_VALUE;
    private int unanswered;
    private @Nullable String firstTrouble;

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
            if (evaluation.unanswered > 0) {
                errors.println(csv + ": " + evaluation.unanswered + " rows have no answer; the first: "
                        + evaluation.firstTrouble);
            }
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
        BadCsv(String message) {
            super("line 1: " + message);
        }
    }

    private void stream(Path csv, PrintStream out) throws IOException, BadCsv {
        try (CsvRows rows = new CsvRows(csv)) {
            int[] slots = header(rows.next());
            text.append("timestamp,result\n");
            for (List<String> cells = rows.next(); cells != null; cells = rows.next()) {
                text.append(echo(cells.getFirst())).append(',');
                evaluate(cells, slots, rows.line());
                text.append('\n');
                if (text.length() > BUFFER) {
                    flush(out);
                }
            }
            flush(out);
        }
    }

    private void flush(PrintStream out) {
        out.print(text);
        out.flush();
        text.setLength(0);
    }

    private static String echo(String time) {
        return time.indexOf(',') < 0 ? time : '"' + time + '"';
    }

    private int[] header(@Nullable List<String> names) throws BadCsv {
        if (names == null) {
            throw new BadCsv("the file is empty; its first line is a header such as timestamp,value");
        }
        int[] slots = new int[names.size()];
        for (int i = 0; i < slots.length; i++) {
            slots[i] = i == 0 ? -1 : layout.metrics().getOrDefault(names.get(i), -1);
        }
        List<String> columns = names.subList(1, names.size());
        for (String metric : layout.metrics().keySet()) {
            if (!columns.contains(metric)) {
                throw new BadCsv("there is no column " + metric + ", which the expression names; there is "
                        + String.join(", ", columns));
            }
        }
        return slots;
    }

    private void evaluate(List<String> cells, int[] slots, int line) {
        OptionalLong time = CsvTime.micros(cells.getFirst());
        if (time.isEmpty()) {
            trouble(line, cells.getFirst(), "time such as 2026-01-05T08:00:00Z or 2026-01-05 08:00:00 (UTC)");
            return;
        }
        newest = Math.max(newest, time.getAsLong());
        frame.clock(newest);
        boolean answered = true;
        for (int i = 1; i < Math.min(cells.size(), slots.length); i++) {
            String cell = cells.get(i);
            if (slots[i] >= 0 && !isMissing(cell)) {
                double value = number(cell);
                if (Double.isFinite(value)) {
                    frame.arrived(newest);
                    frame.value(slots[i], value, newest);
                } else {
                    trouble(line, cell, "number");
                    answered = false;
                }
            }
        }
        frame.judgeAt(newest);
        if (answered) {
            answer();
        }
    }

    private void answer() {
        switch (compiled) {
            case Expression.Compiled.OfCondition it -> text.append(switch (it.condition().of(frame)) {
                case Condition.TRUE -> "true";
                case Condition.FALSE -> "false";
                default -> "";
            });
            case Expression.Compiled.OfQuantity it -> append(it.quantity().of(frame));
        }
    }

    private void append(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            text.append((long) value);
        } else if (!Double.isNaN(value)) {
            text.append(value);
        }
    }

    private void trouble(int line, String cell, String wanted) {
        if (unanswered++ == 0) {
            firstTrouble = "line " + line + ": \"" + cell + "\" is no " + wanted;
        }
    }

    private static boolean isMissing(String cell) {
        return cell.length() <= 4 && MISSING.contains(cell.toLowerCase(Locale.ROOT));
    }

    /// NaN where it is none.
    private static double number(String cell) {
        try {
            return Double.parseDouble(cell);
        } catch (NumberFormatException _) {
            return Double.NaN;
        }
    }
}
