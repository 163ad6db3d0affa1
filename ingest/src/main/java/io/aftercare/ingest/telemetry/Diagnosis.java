package io.aftercare.ingest.telemetry;

import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.Sample;
import java.sql.Connection;
import java.sql.SQLException;

/// What looks at every sample on its way into the store: the rules. A lane has one of its own and calls it on the lane's
/// thread alone, so it needs no locks.
///
/// The order is: [#accept] for each sample of a batch, then [#write], then [#committed]. After a rollback `write` comes
/// again and must have the same effects.
public interface Diagnosis {
    /// Looks at a sample; it is reused afterwards, so what is kept is copied.
    void accept(Sample sample);

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
            public void accept(Sample sample) {}

            @Override
            public void write(Connection transaction) {}

            @Override
            public void committed() {}
        };
    }
}
