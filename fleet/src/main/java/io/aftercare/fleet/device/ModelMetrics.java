package io.aftercare.fleet.device;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The metrics of one product model, each with its place: a small number, given at first sight and kept for ever. Stored
/// rows, samples and compiled rules speak of places, so that the hot path never handles a name.
///
/// Thread-safe: reading takes no lock; a new name is written to the database before anybody sees its place.
public final class ModelMetrics {
    /// Bound on the metrics of one model.
    public static final int PLACES_MAX = 1024;

    private final String model;
    private final Registrar registrar;
    private volatile Table table;

    /// Gives a name of this model its place, durably; asked once for each name.
    @FunctionalInterface
    interface Registrar {
        int place(String name);
    }

    ModelMetrics(String model, List<String> names, Registrar registrar) {
        this.model = model;
        this.registrar = registrar;
        this.table = Table.of(names);
    }

    /// The metrics of a model without a database: those named, and new ones for as long as this object lives.
    public static ModelMetrics inMemory(String model, List<String> names) {
        AtomicInteger next = new AtomicInteger(names.size());
        return new ModelMetrics(model, names, _ -> next.getAndIncrement());
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

    /// The place of a name, given to it now if it is new. Blocks on the database for a new one.
    ///
    /// @return -1 where the model has [#PLACES_MAX] metrics already
    public synchronized int place(String name) {
        int known = find(name);
        if (known >= 0 || size() >= PLACES_MAX) {
            return known;
        }
        int place = registrar.place(name);
        table = table.with(place, name);
        return place;
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

        static Table of(List<String> names) {
            return new Table(names.toArray(String[]::new));
        }

        Table with(int place, String name) {
            String[] more = Arrays.copyOf(names, Math.max(names.length, place + 1));
            for (int i = names.length; i < more.length; i++) {
                more[i] = ""; // another process's name, learnt when this process first meets it
            }
            more[place] = name;
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
