package io.aftercare.remote.crash;

import io.aftercare.remote.crash.Report.Frame;
import io.aftercare.remote.crash.Report.Stack;
import io.aftercare.remote.crash.symbol.BuildId;
import io.aftercare.remote.crash.symbol.Elf;
import io.aftercare.remote.crash.symbol.Place;
import io.aftercare.remote.crash.symbol.SymbolFile;
import io.aftercare.remote.crash.symbol.Symbolizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Gives the calls of a report their names. Remembers the last [#REMEMBERED_MAX], for crashes come in crowds. One thread's own.
final class Lookup {
    private static final int REMEMBERED_MAX = 20_000;
    private static final int FILES_MAX = 64;

    private final Symbolizer symbolizer;
    private final Function<SymbolFile, Path> where;
    private final Map<Address, List<Place>> remembered = bounded(REMEMBERED_MAX);
    private final Map<String, Elf> files = bounded(FILES_MAX);

    private record Address(String sha256, long offset) {}

    /// @param where a file lies
    Lookup(Symbolizer symbolizer, Function<SymbolFile, Path> where) {
        this.symbolizer = symbolizer;
        this.where = where;
    }

    /// @param threads with the names that were found
    /// @param missing builds without symbols
    record Result(List<Named> threads, List<String> missing) {}

    /// @param symbols of those builds that have some
    /// @throws IOException where they could not be looked up
    Result names(Report report, Map<BuildId, SymbolFile> symbols) throws IOException {
        Map<BuildId, Set<Long>> asked = new LinkedHashMap<>();
        for (Stack stack : report.threads()) {
            for (int depth = 0; depth < stack.frames().size(); depth++) {
                Frame frame = stack.frames().get(depth);
                int place = depth;
                report.buildId(frame).ifPresent(build -> {
                    SymbolFile file = symbols.get(build);
                    if (file != null) {
                        asked.computeIfAbsent(build, _ -> new LinkedHashSet<>())
                                .add(Names.asked(frame, place, file.machine()));
                    }
                });
            }
        }
        Map<Address, List<Place>> found = new TreeMap<>(
                (one, other) -> one.sha256().equals(other.sha256())
                        ? Long.compare(one.offset(), other.offset())
                        : one.sha256().compareTo(other.sha256()));
        for (var entry : asked.entrySet()) {
            SymbolFile file = symbols.get(entry.getKey());
            if (file != null) {
                find(file, entry.getValue(), found);
            }
        }
        return result(report, symbols, found);
    }

    private void find(SymbolFile file, Set<Long> offsets, Map<Address, List<Place>> found)
            throws IOException {
        Elf elf = elf(file);
        List<Long> unknown = new ArrayList<>();
        for (long offset : offsets) {
            Address address = new Address(file.sha256(), offset);
            List<Place> known = remembered.get(address);
            if (known != null) {
                found.put(address, known);
            } else if (elf.hasCodeAt(offset)) { // beyond, programs name whatever comes before
                unknown.add(offset);
            }
        }
        if (unknown.isEmpty()) {
            return;
        }
        Map<Long, List<Place>> answers = symbolizer.resolve(where.apply(file), unknown);
        for (long offset : unknown) {
            Address address = new Address(file.sha256(), offset);
            List<Place> places = List.copyOf(answers.getOrDefault(offset, List.of()));
            remembered.put(address, places);
            found.put(address, places);
        }
    }

    private Elf elf(SymbolFile file) throws IOException {
        Elf known = files.get(file.sha256());
        if (known == null) {
            try {
                known = Elf.read(where.apply(file));
            } catch (Elf.NotSymbols e) {
                throw new IOException("The symbol file of build " + file.buildId() + " is damaged", e);
            }
            files.put(file.sha256(), known);
        }
        return known;
    }

    private static Result result(Report report, Map<BuildId, SymbolFile> symbols,
            Map<Address, List<Place>> found) {
        Set<String> missing = new TreeSet<>();
        List<Named> threads = new ArrayList<>();
        for (Stack stack : report.threads()) {
            List<Named.Call> calls = new ArrayList<>();
            for (int depth = 0; depth < stack.frames().size(); depth++) {
                Frame frame = stack.frames().get(depth);
                BuildId build = report.buildId(frame).orElse(null);
                SymbolFile file = build == null ? null : symbols.get(build);
                if (build != null && file == null) {
                    missing.add(build.hex());
                }
                calls.add(call(report, frame, build, file, places(file, frame, depth, found)));
            }
            threads.add(new Named(stack.name(), stack.crashed(), calls));
        }
        return new Result(threads, List.copyOf(missing));
    }

    private static List<Place> places(@Nullable SymbolFile file, Frame frame, int depth,
            Map<Address, List<Place>> found) {
        return file == null
                ? List.of()
                : found.getOrDefault(
                        new Address(file.sha256(), Names.asked(frame, depth, file.machine())), List.of());
    }

    private static Named.Call call(Report report, Frame frame, @Nullable BuildId build,
            @Nullable SymbolFile file, List<Place> places) {
        return new Named.Call(report.module(frame).map(Report.Module::name).orElse(""),
                build == null ? null : build.hex(), "0x" + Long.toHexString(frame.offset()), file != null,
                places);
    }

    private static <K, V> Map<K, V> bounded(int most) {
        return new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > most;
            }
        };
    }
}
