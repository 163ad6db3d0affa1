package io.aftercare.service.stock;

import io.aftercare.fleet.people.Principal;
import io.aftercare.fleet.people.Role;
import io.aftercare.service.part.Part;
import io.aftercare.service.stock.Shelves.Shelf;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Where a part is, and how many are free.
///
/// @param total     ours, wherever
/// @param available ready to be given out: not reserved, not expired, not set aside
/// @param level     the computed safety stock, null before the first computation
record StockView(String part, int total, int reserved, int available, int safetyStock,
        @Nullable SafetyStock level, List<Place> places) {
    record Place(String location, LocationKind kind, String name, int quantity, int reserved, int available,
            List<Batch> batches) {}

    record Batch(String batch, int quantity, @Nullable LocalDate expires, boolean expired) {}

    /// What this reader may see: a partner its own outlet's shelves.
    static StockView of(Handle handle, Part part, Principal reader, LocalDate today) {
        List<Place> places = new ArrayList<>();
        for (Location location : Locations.holding(handle)) {
            if (!reader.has(Role.PARTNER) || reader.seesOutlet(location.outlet())) {
                Place place = place(handle, part, location, today);
                if (place.quantity() > 0 || place.reserved() > 0) {
                    places.add(place);
                }
            }
        }
        return new StockView(part.code(), places.stream().mapToInt(Place::quantity).sum(),
                places.stream().mapToInt(Place::reserved).sum(),
                places.stream().mapToInt(Place::available).sum(), part.safetyStock(),
                SafetyStocks.find(handle, part.code()).orElse(null), places);
    }

    private static Place place(Handle handle, Part part, Location location, LocalDate today) {
        Shelf shelf = new Shelf(location.code(), part.code());
        List<Batch> batches = Shelves.lots(handle, shelf).stream()
                .map(lot -> new Batch(lot.batch(), lot.quantity(), lot.expires(), lot.isExpired(today)))
                .toList();
        int reserved = Shelves.reserved(handle, shelf);
        int ready = batches.stream().filter(batch -> !batch.expired() && location.kind().isReady())
                .mapToInt(Batch::quantity).sum();
        return new Place(location.code(), location.kind(), location.name(),
                batches.stream().mapToInt(Batch::quantity).sum(), reserved, Math.max(0, ready - reserved),
                batches);
    }
}
