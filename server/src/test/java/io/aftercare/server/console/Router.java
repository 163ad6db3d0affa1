package io.aftercare.server.console;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.simulator.credentials.Credential;
import io.aftercare.simulator.device.DeviceSettings;
import io.aftercare.simulator.device.FaultPlan;
import io.aftercare.simulator.fleet.Fleet;
import io.aftercare.simulator.link.Broker;
import io.aftercare.simulator.misbehaviour.MisbehaviourPlan;
import io.aftercare.simulator.ota.OtaSettings;
import io.aftercare.simulator.ota.TrustedKeys;
import io.aftercare.simulator.physics.Kind;
import io.aftercare.simulator.physics.Pace;
import io.aftercare.simulator.register.Registration;
import io.aftercare.simulator.staff.StaffApi;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// A simulated router that does as it is told: it answers actions, sends its log, keeps a configuration.
final class Router implements AutoCloseable {
    private static final int SEED = 1;
    private static final int KEPT_MAX = 1_000;

    final String id;
    private final Fleet fleet;

    private Router(String id, Fleet fleet) {
        this.id = id;
        this.fleet = fleet;
    }

    /// Registers one of a model of its own, and waits until the backend has heard what it runs.
    static Router on(ConsoleWorld world, Path folder) throws IOException, InterruptedException {
        String model = world.fresh("RT");
        String id = world.fresh("DEV");
        ObjectNode product = Kind.ROUTER.product().toJson().put("model", model);
        StaffApi staff = StaffApi.login(world.http().toString(), "admin", world.password("admin"));
        staff.post("/products", product).orFail();
        Credential credential = new Registration(staff).devices(List.of(new Credential(id, model, "")),
                List.of(), Kind.ROUTER.product().hardware()).getFirst();
        Fleet fleet = new Fleet(new Fleet.Setup(List.of(credential),
                new Broker("127.0.0.1", world.mqttPort()), world.http(), TrustedKeys.read(List.of()), "",
                folder, new DeviceSettings(Duration.ofMillis(500), Duration.ofMillis(300), KEPT_MAX,
                        Pace.SHOW, MisbehaviourPlan.parse(List.of())),
                OtaSettings.USUAL, FaultPlan.NOTHING, SEED));
        fleet.start();
        world.admin().await("/api/v1/devices/" + id, it -> !it.path("firmware").asText().isEmpty());
        return new Router(id, fleet);
    }

    @Override
    public void close() {
        fleet.close();
    }
}
