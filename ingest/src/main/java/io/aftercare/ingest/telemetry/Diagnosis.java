package io.aftercare.ingest.telemetry;

import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.Sample;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.IntPredicate;

/// What looks at every sample and event on its way into the store: the rules. A lane has one of its own and calls it on the lane's
/// thread alone, so it needs no locks.
///
/// The order is: [#accept], [#event], [#attribute] and [#heard] as the messages of a batch came, then [#write], then
/// [#committed]. After a rollback `write` comes again and must have the same effects. Where nothing comes, [#tick] does, at the
/// moment that [#wakeAt] asked for, with the same `write` and `committed` after it.
///
/// Times are microseconds since 1970: `micros` by the device's clock, `arrived` by the server's.
public interface Diagnosis {
    /// Looks at a sample; it is reused afterwards, so what is kept is copied.
    void accept(Sample sample, long arrived);

    /// Looks at an event that is stored with this batch, for the first time.
    ///
    /// @param requested whether somebody asked for what it tells of, such as a reboot
    default void event(Device device, long micros, String code, boolean requested, long arrived) {}

    /// Looks at a text that a device reported of itself.
    default void attribute(Device device, long micros, String name, String value, long arrived) {}

    /// The device has sent something that is none of these.
    default void heard(Device device, long arrived) {}

    /// Says which devices, by number, are this lane's; before anything else.
    default void owns(IntPredicate numbers) {}

    /// What devices sent before this moment may have been held up: their silence until then is not theirs.
    default void listenFrom(long arrived) {}

    /// When [#tick] should come next if nothing else does, by the server's clock; [Long#MAX_VALUE] for never. An earlier or a later
    /// call does no harm but delay.
    default long wakeAt() {
        return Long.MAX_VALUE;
    }

    /// Time has passed: looks at what follows from silence.
    default void tick(long now) {}

    /// Writes what the samples since the last [#committed] have brought about, into the transaction that stores them.
    void write(Connection transaction) throws SQLException;

    /// As [#write], after the database refused that because of what the data are: piece by piece, without what it refuses.
    default void writeEach(Connection transaction) throws SQLException {
        write(transaction);
    }

    /// Of this device's samples of the batch not all can be stored. Forgets what they brought about and what is remembered
    /// of the device, which begins anew from what is stored; those that can be stored are then shown again.
    default void withdraw(Device device) {}

    /// The transaction of the last [#write] is committed.
    void committed();

    /// Looks at nothing.
    static Diagnosis none() {
        return new Diagnosis() {
            @Override
            public void accept(Sample sample, long arrived) {}

            @Override
            public void write(Connection transaction) {}

            @Override
            public void committed() {}
        };
    }
}
