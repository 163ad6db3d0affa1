package io.aftercare.server;

import io.aftercare.diagnostics.engine.LaneEngine;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.Sample;
import io.aftercare.ingest.telemetry.Diagnosis;
import java.sql.Connection;
import java.sql.SQLException;

/// Lets a lane of the rule engine judge the samples of a lane of the store.
record LaneDiagnosis(LaneEngine engine) implements Diagnosis {
    @Override
    public void accept(Sample sample, long arrived) {
        engine.accept(sample);
    }

    @Override
    public void write(Connection transaction) throws SQLException {
        engine.write(transaction);
    }

    @Override
    public void writeEach(Connection transaction) throws SQLException {
        engine.writeEach(transaction);
    }

    @Override
    public void withdraw(Device device) {
        engine.withdraw(device);
    }

    @Override
    public void committed() {
        engine.committed();
    }
}
