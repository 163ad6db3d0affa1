package io.aftercare.benchmarks.console;

import io.aftercare.benchmarks.console.ConsoleReport.Row;
import io.aftercare.benchmarks.machine.Machine;
import io.aftercare.benchmarks.peer.Backend;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;

/// What a browser sees of the console, and of the peer in turn.
final class Looking {
    private static final int PEER_ROWS = 10_000;
    private static final int STEP_PIXELS = 400;
    private static final String QUEUE = "ac-queue .hint, ac-queue tbody tr";

    private final Tab tab;
    private final URI console;
    private final URI peer;
    private final Path root;

    /// @param root what the peer serves
    Looking(Tab tab, URI console, URI peer, Path root) {
        this.tab = tab;
        this.console = console;
        this.peer = peer;
        this.root = root;
    }

    ConsoleReport report(Machine machine, ConsoleRun.Load load, List<Row> lists) throws IOException {
        signIn();
        double bytes = firstPage();
        Files.writeString(root.resolve("heavy.html"), heavy((int) bytes));
        List<Double> cold = new ArrayList<>();
        List<Double> warm = new ArrayList<>();
        List<Double> beside = new ArrayList<>();
        for (int round = 0; round < load.rounds(); round++) {
            tab.forgetFiles();
            cold.add(opened(console.resolve("#/queue"), QUEUE));
            warm.add(opened(console.resolve("#/queue"), QUEUE));
            tab.forgetFiles();
            beside.add(opened(peer.resolve("heavy.html"), "#end"));
        }
        List<Row> pages = List.of(new Row("the queue, nothing kept by the browser", cold, "under 1,000"),
                new Row("the queue, opened again", warm, ""),
                new Row("nginx: one page of as many bytes", beside, ""));
        return new ConsoleReport(machine, load.devices(), bytes / 1e3, pages, frames(load), lists);
    }

    private void signIn() throws IOException {
        opened(console, "aftercare-app input[name=password]");
        tab.value("""
                fetch('/api/v1/session', {method: 'POST',
                  headers: {'X-Requested-With': 'console', 'Content-Type': 'application/json'},
                  body: JSON.stringify({username: 'admin', password: '%s'})}).then(answer => {
                    if (!answer.ok) throw new Error(answer.status);
                    return 0;
                  })""".formatted(Backend.PASSWORD));
    }

    private double firstPage() throws IOException {
        tab.forgetFiles();
        opened(console.resolve("#/queue"), QUEUE);
        return tab.bytes();
    }

    // Milliseconds since the navigation at the first frame after there is something to use.
    private double opened(URI page, String usable) throws IOException {
        tab.open(page);
        return tab.value("""
                new Promise(done => {
                  const look = () => requestAnimationFrame(() => document.querySelector('%s')
                    ? requestAnimationFrame(() => done(performance.now())) : look());
                  look();
                })""".formatted(usable)).asDouble();
    }

    private List<Row> frames(ConsoleRun.Load load) throws IOException {
        StringBuilder table = new StringBuilder("<!doctype html><title>peer</title><table>");
        for (int i = 0; i < PEER_ROWS; i++) {
            table.append("<tr><td>bench-").append(i).append("<td>BENCH-5<td>2.4.0<td>active<td>–</tr>");
        }
        Files.writeString(root.resolve("table.html"), table.append("</table><p id=end>"));
        opened(console.resolve("#/devices"), "ac-devices tbody tr");
        List<Double> own = scrolled(load.frames());
        double rows = tab.value("document.querySelector('.main').scrollTop").asDouble();
        opened(peer.resolve("table.html"), "#end");
        return List.of(
                new Row("the list of devices, %,.0f pixels far".formatted(rows), own,
                        "no stall: max under 100"),
                new Row("nginx: a plain table of 10,000 rows", scrolled(load.frames()), ""));
    }

    private List<Double> scrolled(int frames) throws IOException {
        List<Double> millis = new ArrayList<>();
        tab.value("""
                new Promise(done => {
                  const moved = document.querySelector('.main') ?? document.scrollingElement, gaps = [];
                  let last = performance.now();
                  const step = now => {
                    gaps.push(now - last);
                    last = now;
                    moved.scrollTop += %d;
                    if (gaps.length <= %d) requestAnimationFrame(step); else done(gaps.slice(1));
                  };
                  requestAnimationFrame(step);
                })""".formatted(STEP_PIXELS, frames)).forEach(gap -> millis.add(gap.asDouble()));
        return millis;
    }

    // No compression makes it smaller: it is as many bytes on the way as asked for.
    private static String heavy(int bytes) {
        byte[] noise = new byte[bytes * 3 / 4];
        new Random(1).nextBytes(noise);
        return "<!doctype html><title>peer</title><!--" + Base64.getEncoder().encodeToString(noise)
                + "--><p id=end>here";
    }
}
