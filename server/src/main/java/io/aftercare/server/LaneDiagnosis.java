package io.aftercare.server;

import io.aftercare.diagnostics.engine.LaneEngine;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.Sample;
import io.aftercare.ingest.telemetry.Diagnosis;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.IntPredicate;

/// Lets a lane of the rule engine judge the samples of a lane of the store.
record LaneDiagnosis(LaneEngine engine) implements Diagnosis {
    @Override
    public void accept(Sample sample, long arrived) {
        engine.accept(sample, arrived);
    }

    @Override
    public void event(Device device, long micros, String code, boolean requested, long arrived) {
        engine.event(device, micros, code, requested, arrived);
    }

    @Override
    public void attribute(Device device, long micros, String name, String value, long arrived) {
        engine.text(device, micros, name, value, arrived);
    }

    @Override
    public void heard(Device device, long arrived) {
        engine.heard(device, arrived);
    }

    @Override
    public void owns(IntPredicate numbers) {
        engine.owns(numbers);
    }

    @Override
    public long wakeAt() {
        return engine.wakeAt();
    }

    @Override
    public void tick(long now) {
        engine.tick(now);
    }

    @Override
    public void listenFrom(long arrived) {
        engine.listenFrom(arrived);
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
