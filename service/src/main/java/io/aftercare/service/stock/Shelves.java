package io.aftercare.service.stock;

import java.time.LocalDate;
import java.util.List;
import java.util.SortedSet;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// What stands where, as the movements add up to. A shelf is a part at a place; its row is the lock of everything about it.
/// Works in the caller's transaction.
public final class Shelves {
    private Shelves() {}

    /// Ordered by place, then part: the order in which shelves are locked.
    record Shelf(String location, String part) implements Comparable<Shelf> {
        @Override
        public int compareTo(Shelf other) {
            int places = location.compareTo(other.location);
            return places == 0 ? part.compareTo(other.part) : places;
        }
    }

    /// Some of a batch on a shelf.
    record Lot(String batch, int quantity, @Nullable LocalDate expires) {
        boolean isExpired(LocalDate today) {
            return expires != null && expires.isBefore(today);
        }
    }

    /// Keeps everybody else from changing these shelves until the transaction ends.
    static void lock(Handle handle, SortedSet<Shelf> shelves) {
        for (Shelf shelf : shelves) {
            handle.createUpdate("""
                    INSERT INTO service.stock_shelf (part, location) VALUES (:part, :location)
                    ON CONFLICT DO NOTHING""").bind("part", shelf.part()).bind("location", shelf.location())
                    .execute();
            handle.createQuery("""
                    SELECT reserved FROM service.stock_shelf WHERE part = :part AND location = :location
                    FOR UPDATE""").bind("part", shelf.part()).bind("location", shelf.location())
                    .mapTo(Integer.class).one();
        }
    }

    /// What is there by batch: first what expires first.
    static List<Lot> lots(Handle handle, Shelf shelf) {
        return handle.createQuery("""
                SELECT b.batch, b.quantity, l.expires FROM service.stock_balance b
                LEFT JOIN service.part_batch l ON l.part = b.part AND l.batch = b.batch
                WHERE b.part = :part AND b.location = :location AND b.quantity > 0
                ORDER BY l.expires NULLS LAST, b.batch""").bind("part", shelf.part())
                .bind("location", shelf.location())
                .map((row, _) -> new Lot(row.getString(1), row.getInt(2), row.getObject(3, LocalDate.class)))
                .list();
    }

    static int reserved(Handle handle, Shelf shelf) {
        return handle.createQuery(
                "SELECT reserved FROM service.stock_shelf WHERE part = :part AND location = :location")
                .bind("part", shelf.part()).bind("location", shelf.location()).mapTo(Integer.class).findOne()
                .orElse(0);
    }

    static void reserve(Handle handle, Shelf shelf, int more) {
        handle.createUpdate("""
                UPDATE service.stock_shelf SET reserved = reserved + :more
                WHERE part = :part AND location = :location""").bind("more", more).bind("part", shelf.part())
                .bind("location", shelf.location()).execute();
    }

    /// Adds to a balance, or takes from it; the database refuses one below nothing.
    static void add(Handle handle, Shelf shelf, String batch, int more) {
        int known = handle.createUpdate("""
                UPDATE service.stock_balance SET quantity = quantity + :more
                WHERE part = :part AND location = :location AND batch = :batch""").bind("more", more)
                .bind("part", shelf.part()).bind("location", shelf.location()).bind("batch", batch).execute();
        if (known == 0) {
            handle.createUpdate("""
                    INSERT INTO service.stock_balance (part, location, batch, quantity)
                    VALUES (:part, :location, :batch, :more)""").bind("more", more).bind("part", shelf.part())
                    .bind("location", shelf.location()).bind("batch", batch).execute();
        }
    }
}
