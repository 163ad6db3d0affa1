package io.aftercare.service.warranty;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.http.Problem;
import java.time.LocalDate;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// What is known of a device's purchase beside the register of devices. Its statements work in the caller's transaction.
///
/// @param version   0 where nothing was written down
/// @param purchased as the customer says
/// @param proof     reference of the receipt or invoice, such as its number or the file that shows it
@JsonInclude(JsonInclude.Include.ALWAYS)
record Register(int version, @Nullable LocalDate purchased, @Nullable String proof,
        @Nullable LocalDate activated, @Nullable LocalDate produced) {
    private static final Register EMPTY = new Register(0, null, null, null, null);

    static Register of(Handle handle, DeviceId device) {
        return handle.createQuery("""
                SELECT version, purchased, proof, activated, produced FROM service.warranty_register
                WHERE device = :device""").bind("device", device)
                .map((row, _) -> new Register(row.getInt(1), row.getObject(2, LocalDate.class),
                        row.getString(3), row.getObject(4, LocalDate.class),
                        row.getObject(5, LocalDate.class)))
                .findOne().orElse(EMPTY);
    }

    /// Writes what is known now, in place of what was.
    ///
    /// @param expected the version that the sender saw; needed where there is something
    static Register save(Handle handle, DeviceId device, @Nullable LocalDate purchased,
            @Nullable String proof, @Nullable LocalDate activated, @Nullable LocalDate produced,
            Optional<Integer> expected) {
        handle.createUpdate("""
                INSERT INTO service.warranty_register (device, version) VALUES (:device, 0)
                ON CONFLICT DO NOTHING""").bind("device", device).execute();
        int current = handle.createQuery(
                "SELECT version FROM service.warranty_register WHERE device = :device FOR UPDATE")
                .bind("device", device).mapTo(Integer.class).one();
        if (current != 0 && expected.isEmpty()) {
            throw Problem.of(428, "Version needed", "Send If-Match with the ETag of the device's warranty");
        }
        if (expected.isPresent() && expected.get() != current) {
            throw Problem.staleVersion("warranty of", device.value(), current);
        }
        handle.createUpdate(
                """
                        UPDATE service.warranty_register SET version = version + 1, purchased = :purchased, proof = :proof,
                            activated = :activated, produced = :produced WHERE device = :device""")
                .bind("purchased", purchased).bind("proof", proof).bind("activated", activated)
                .bind("produced", produced).bind("device", device).execute();
        return of(handle, device);
    }
}
