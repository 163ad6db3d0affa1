package io.aftercare.diagnostics.engine;

import io.aftercare.diagnostics.fault.FaultEvent;
import io.aftercare.diagnostics.fault.TrackedFault;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.DeviceId;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// What a lane's engine needs of the world around it. Thread-safe: all lanes share it.
interface LaneHome {
    Plans plans();

    InstantSource clock();

    History history();

    /// A device registered since the start, and never parked, has sent nothing that a lane has not seen.
    boolean mayHaveHistory(Device device);

    /// The faults of a device that no lane has, which the caller's lane has from now on.
    List<TrackedFault> unpark(int device);

    /// The faults of a device that its lane forgets.
    void park(int device, List<TrackedFault> faults);

    /// A device's faults as the database has them.
    List<TrackedFault> stored(Device device);

    /// The newest stored snapshot of a device. Blocks.
    Optional<Snapshot> snapshot(Device device);

    /// Takes a snapshot to be stored some time soon; false where there is no room.
    boolean keep(Snapshot snapshot);

    Optional<Device> device(DeviceId id);

    /// The devices whose silence somebody asks for, as they were known when the rules came into force.
    Roster roster();

    /// From when on silence is a device's own: nobody listened before. Microseconds by the server's clock.
    long listeningFrom();

    /// How long devices have to come back after nobody could listen, microseconds.
    long graceMicros();

    Cohorts cohorts();

    int devicesPerLaneMax();

    /// Rules looked at so many samples.
    void evaluated(long count);

    /// Something is committed.
    void tell(List<FaultEvent> happened, List<TrackedFault> changed);
}
