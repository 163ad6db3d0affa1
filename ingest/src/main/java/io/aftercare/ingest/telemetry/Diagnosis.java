package io.aftercare.ingest.telemetry;

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
