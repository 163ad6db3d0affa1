package io.aftercare.fleet.device;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The metrics of one product model, each with its place: a small number, given at first sight and kept for ever. Stored
/// rows, samples and compiled rules speak of places, so that the hot path never handles a name.
///
/// Whoever sends names without end takes them from nobody: the first [#FREE_MAX] are for whoever comes first, as a product
/// is tried out without declaring anything; after that a device may bring [#BROUGHT_MAX] in all, and what devices bring
/// ends at [#FOUND_MAX]. The places above are for the metrics that the product declares.
///
/// Thread-safe: reading takes no lock; a new name is written to the database before anybody sees its place.
public final class ModelMetrics {
    /// Bound on the metrics of one model.
    public static final int PLACES_MAX = 1024;
    static final int FOUND_MAX = 768;
    static final int FREE_MAX = 256;
    static final int BROUGHT_MAX = 64;
    private static final long LOOK_AGAIN_NANOS = 1_000_000_000;

    private final String model;
    private final Registrar registrar;
    private volatile Table table;
    private final Map<Integer, Integer> brought = new HashMap<>();
    private long looked;

    /// A metric as it is kept.
    ///
    /// @param device number of the device that brought it, null where the product declares it
    record Metric(String name, int place, @Nullable Integer device) {}

    /// Keeps a model's metrics, durably.
    interface Registrar {
        /// All of them, by place.
        List<Metric> all();

        /// Gives these names their places, or tells those that they have; one transaction.
        List<Metric> bring(int device, List<String> names);
    }

    /// What became of new names.
    public enum Introduced {
        /// All of them have places.
        PLACED,
        /// None has: this device has brought too many.
        TOO_MANY_OF_DEVICE,
        /// None has: devices have brought as many as the product has room for.
        TOO_MANY_OF_MODEL
    }

    ModelMetrics(String model, Registrar registrar) {
        this.model = model;
        this.registrar = registrar;
        this.table = new Table(new String[0]);
        look();
    }

    /// The metrics of a model without a database: those named, and new ones for as long as this object lives.
    public static ModelMetrics inMemory(String model, List<String> names) {
        List<Metric> known = new ArrayList<>();
        names.forEach(name -> known.add(new Metric(name, known.size(), null)));
        return new ModelMetrics(model, new Registrar() {
            @Override
            public List<Metric> all() {
                return known;
            }

            @Override
            public List<Metric> bring(int device, List<String> fresh) {
                fresh.forEach(name -> known.add(new Metric(name, known.size(), device)));
                return known.subList(known.size() - fresh.size(), known.size());
            }
        });
    }

    public String model() {
        return model;
    }

    /// How many metrics there are; places are 0 to size - 1.
    public int size() {
        return table.names.length;
    }

    public String name(int place) {
        return table.names[place];
    }

    /// The place of a name known already, -1 otherwise.
    public int find(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        return find(bytes, 0, bytes.length);
    }

    /// As [#find(String)], from the name's UTF-8 bytes, without allocation.
    public int find(byte[] utf8, int from, int length) {
        return table.find(utf8, from, length);
    }

    /// Gives all of these names places, or none. Blocks on the database where they are new.
    ///
    /// @param device number of who sends them
    public synchronized Introduced introduce(int device, Collection<String> names) {
        Introduced outcome = judge(device, unknown(names));
        if (outcome != Introduced.PLACED && System.nanoTime() - looked > LOOK_AGAIN_NANOS) {
            look(); // the product may declare them by now
            outcome = judge(device, unknown(names));
        }
        List<String> fresh = unknown(names);
        if (outcome == Introduced.PLACED && !fresh.isEmpty()) {
            learn(registrar.bring(device, fresh));
        }
        return outcome;
    }

    private List<String> unknown(Collection<String> names) {
        return names.stream().filter(name -> find(name) < 0).toList();
    }

    private Introduced judge(int device, List<String> fresh) {
        int after = size() + fresh.size();
        if (fresh.isEmpty()) {
            return Introduced.PLACED;
        }
        if (after > FREE_MAX && brought.getOrDefault(device, 0) + fresh.size() > BROUGHT_MAX) {
            return Introduced.TOO_MANY_OF_DEVICE;
        }
        return after > FOUND_MAX ? Introduced.TOO_MANY_OF_MODEL : Introduced.PLACED;
    }

    private void look() {
        learn(registrar.all());
        looked = System.nanoTime();
    }

    private void learn(List<Metric> metrics) {
        List<Metric> fresh = metrics.stream().filter(metric -> find(metric.name()) < 0).toList();
        fresh.forEach(metric -> {
            if (metric.device() != null) {
                brought.merge(metric.device(), 1, Integer::sum);
            }
        });
        table = fresh.isEmpty() ? table : table.with(fresh);
    }

    /// Names by place, and an open-addressing index over their bytes. Immutable.
    private static final class Table {
        private final String[] names;
        private final byte[] @Nullable [] index;
        private final int[] places;
        private final int mask;

        private Table(String[] names) {
            this.names = names;
            int capacity = Integer.highestOneBit(Math.max(8, names.length * 4)) << 1;
            this.index = new byte[capacity][];
            this.places = new int[capacity];
            this.mask = capacity - 1;
            for (int place = 0; place < names.length; place++) {
                byte[] name = names[place].getBytes(StandardCharsets.UTF_8);
                int slot = hash(name, 0, name.length) & mask;
                while (index[slot] != null) {
                    slot = slot + 1 & mask;
                }
                index[slot] = name;
                places[slot] = place;
            }
        }

        Table with(List<Metric> fresh) {
            int last = fresh.stream().mapToInt(Metric::place).max().orElse(-1);
            String[] more = Arrays.copyOf(names, Math.max(names.length, last + 1));
            for (int i = names.length; i < more.length; i++) {
                more[i] = ""; // another process's name, learnt when this process first meets it
            }
            fresh.forEach(metric -> more[metric.place()] = metric.name());
            return new Table(more);
        }

        int find(byte[] utf8, int from, int length) {
            int slot = hash(utf8, from, length) & mask;
            for (byte[] name = index[slot]; name != null; name = index[slot]) {
                if (Arrays.equals(name, 0, name.length, utf8, from, from + length)) {
                    return places[slot];
                }
                slot = slot + 1 & mask;
            }
            return -1;
        }

        // FNV-1a, http://www.isthe.com/chongo/tech/comp/fnv/
        private static int hash(byte[] bytes, int from, int length) {
            int hash = 0x811c9dc5;
            for (int i = from; i < from + length; i++) {
                hash = (hash ^ bytes[i]) * 0x01000193;
            }
            return hash ^ hash >>> 15;
        }
    }
}
