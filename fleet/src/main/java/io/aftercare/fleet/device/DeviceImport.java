package io.aftercare.fleet.device;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import io.aftercare.fleet.people.Principal;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// Registers devices from a CSV file while it arrives: good lines are committed [#BATCH] at a time, bad ones are told with
/// their number and the reason, and nothing a bad line says stops the good ones. Sent again, the lines that went in are told
/// as there already.
///
/// A token is shown once, so the tokens made here are answered only as `?tokens=csv`: a CSV of id, token, line and error.
/// Without it the file brings its own (column `token`, as burnt in at the factory), or each device is given one later.
final class DeviceImport {
    private static final int BATCH = 5000;
    private static final int LINES_MAX = 1_000_000;
    private static final int TOKEN_LINES_MAX = 200_000;
    private static final int BAD_LISTED_MAX = 1000;

    private static final ExecutorService THREADS = Executors
            .newThreadPerTaskExecutor(Thread.ofVirtual().name("import-", 0).factory());

    private final DeviceRegistry registry;
    private final Products products;

    DeviceImport(DeviceRegistry registry, Products products) {
        this.registry = registry;
        this.products = products;
    }

    Response run(Request request, InputStream body) throws IOException {
        boolean tokens = request.query("tokens").filter("csv"::equals).isPresent();
        Report report = tokens ? new TokenReport() : new CountReport();
        Csv csv = new Csv(body);
        Csv.Row header = csv.next().orElseThrow(() -> Problem.badRequest(
                "The file is empty; its first line names the columns: " + ImportColumns.NAMES));
        new Run(request.principal(), ImportColumns.of(header), report, tokens ? TOKEN_LINES_MAX : LINES_MAX)
                .all(csv);
        return report.response();
    }

    private record Line(long number, NewDevice device) {}

    /// A batch on its way into the database.
    private record Storing(List<Line> lines, Future<DeviceRegistry.Imported> future) {
        DeviceRegistry.Imported outcome() {
            try {
                return future.get();
            } catch (ExecutionException e) {
                throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("Stopped while devices are imported", e);
            }
        }
    }

    private final class Run {
        private final Principal actor;
        private final ImportColumns columns;
        private final Report report;
        private final int linesMax;
        private final Set<DeviceId> waiting = new HashSet<>();
        private final List<Line> batch = new ArrayList<>(BATCH);
        private @Nullable Storing storing;

        Run(Principal actor, ImportColumns columns, Report report, int linesMax) {
            this.actor = actor;
            this.columns = columns;
            this.report = report;
            this.linesMax = linesMax;
        }

        void all(Csv csv) throws IOException {
            int lines = 0;
            for (Optional<Csv.Row> row = csv.next(); row.isPresent(); row = csv.next()) {
                if (++lines > linesMax) {
                    report.bad(row.get().line(), "", "one import has at most " + linesMax
                            + " lines; send this line and the rest as another file");
                    break;
                }
                take(row.get());
            }
            commit();
            settle();
            registry.imported();
        }

        private void take(Csv.Row row) {
            NewDevice device;
            try {
                device = columns.device(row);
            } catch (IllegalArgumentException | Problem e) {
                report.bad(row.line(), columns.id(row), String.valueOf(e.getMessage()));
                return;
            }
            if (products.find(device.model()).isEmpty()) {
                report.bad(row.line(), device.id().value(), "there is no product " + device.model());
            } else if (!waiting.add(device.id())) {
                report.bad(row.line(), device.id().value(),
                        "the device " + device.id() + " comes twice in this file");
            } else {
                batch.add(new Line(row.line(), device));
                if (batch.size() == BATCH) {
                    commit();
                }
            }
        }

        private void commit() {
            if (batch.isEmpty()) {
                return;
            }
            settle();
            List<Line> full = List.copyOf(batch);
            String lines = full.getFirst().number() + "-" + full.getLast().number();
            Callable<DeviceRegistry.Imported> work = () -> registry.registerAll(actor,
                    full.stream().map(Line::device).toList(), lines);
            storing = new Storing(full, THREADS.submit(work));
            batch.clear();
            waiting.clear();
        }

        // While one batch is being stored the next one is read.
        private void settle() {
            Storing done = storing;
            storing = null;
            if (done == null) {
                return;
            }
            DeviceRegistry.Imported outcome = done.outcome();
            for (Line line : done.lines()) {
                String gateway = line.device().gateway();
                if (outcome.made().contains(line.device().id())) {
                    report.good(line.number(), line.device());
                } else if (!gateway.isEmpty() && !outcome.gateways().contains(gateway)) {
                    report.bad(line.number(), line.device().id().value(), Gateways.unknown(gateway));
                } else {
                    report.bad(line.number(), line.device().id().value(),
                            "there is a device " + line.device().id() + " already");
                }
            }
        }
    }

    /// What is told of each line.
    private sealed interface Report {
        void good(long line, NewDevice device);

        void bad(long line, String id, String message);

        Response response();
    }

    private record Told(long line, String text) {}

    // A good line is told when its batch is committed, a bad one at once: sorted, they are in the order of the file again.
    private static List<Told> inOrder(List<Told> told) {
        return told.stream().sorted(Comparator.comparingLong(Told::line)).toList();
    }

    private static final class CountReport implements Report {
        private final List<Told> listed = new ArrayList<>();
        private int created;
        private int bad;

        @Override
        public void good(long line, NewDevice device) {
            created++;
        }

        @Override
        public void bad(long line, String id, String message) {
            bad++;
            if (listed.size() < BAD_LISTED_MAX) {
                listed.add(new Told(line, message));
            }
        }

        @Override
        public Response response() {
            ObjectNode body = Json.object().put("created", created).put("badTotal", bad);
            ArrayNode list = body.putArray("bad");
            inOrder(listed).forEach(
                    told -> list.addObject().put("line", told.line()).put("message", told.text()));
            return Response.ok(body);
        }
    }

    private static final class TokenReport implements Report {
        private final List<Told> lines = new ArrayList<>();

        @Override
        public void good(long line, NewDevice device) {
            lines.add(new Told(line, device.id() + "," + device.token().secret() + "," + line + ",\n"));
        }

        @Override
        public void bad(long line, String id, String message) {
            lines.add(new Told(line, quoted(id) + ",," + line + "," + quoted(message) + "\n"));
        }

        @Override
        public Response response() {
            Buffer csv = Buffer.buffer("id,token,line,error\n");
            inOrder(lines).forEach(told -> csv.appendString(told.text()));
            return Response.ok(csv).with("Content-Type", "text/csv; charset=utf-8");
        }

        // A leading apostrophe keeps a spreadsheet from running what a bad line says as a formula.
        private static String quoted(String text) {
            boolean formula = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0;
            return "\"" + (formula ? "'" : "") + text.replace("\"", "\"\"") + "\"";
        }
    }
}
