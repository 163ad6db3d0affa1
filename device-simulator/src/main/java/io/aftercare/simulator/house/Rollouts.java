package io.aftercare.simulator.house;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.simulator.house.Workbench.Build;
import io.aftercare.simulator.physics.Kind;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// Releases and campaigns: one that every device has, one at its canaries, one that waits for approval, a draft, and one that its own
/// gate has stopped.
final class Rollouts {
    /// The model whose devices cannot write this update.
    static final String UNLUCKY = Kind.AIR_PURIFIER.product().model();
    private static final String UNTIL_RESTARTED = "wan-hung";
    private static final int LOOKS_MAX = 300;

    private final Desk desk;
    private final Workbench bench;
    private final List<Appliance> appliances;

    Rollouts(Desk desk, Workbench bench, List<Appliance> appliances) {
        this.desk = desk;
        this.bench = bench;
        this.appliances = appliances;
    }

    void roll() throws IOException, InterruptedException {
        desk.post("hana", "/signing-keys", "name", Workbench.KEY, "publicKey", bench.publicKey());
        String router = release(Kind.ROUTER, "5.2.0", 520, Map.of("connectionTable", "fixed"),
                List.of("MEMORY_LEAK"));
        String whole = start("连接表修复 Connection table 5.2.0", router, Kind.ROUTER, "PT10S", "pause",
                List.of(Map.of("percent", 100)));
        String purifier = release(Kind.AIR_PURIFIER, "3.1.0", 310, Map.of("fanCurve", "fixed"),
                List.of("FILTER_CLOGGED"));
        String stopped = start("静音风扇曲线 Quieter fan 3.1.0", purifier, Kind.AIR_PURIFIER, "PT30M", "abort",
                List.of(Map.of("percent", 60), Map.of("percent", 100)));
        String printer = release(Kind.PRINTER, "2.6.0", 260, Map.of("fuserControl", "fixed"),
                List.of("FUSER_OVERHEAT", "THERMISTOR_DRIFT"));
        start("定影控制修复 Fuser control 2.6.0", printer, Kind.PRINTER, "PT6H", "rollback",
                List.of(Map.of("count", 2), Map.of("percent", 50), Map.of("percent", 100)));
        String lock = release(Kind.LOCK, "1.9.0", 190, Map.of("motorRetry", "fixed"), List.of("LOCK_JAM"));
        desk.post("hana", "/campaigns", plan("锁舌重试 Bolt retries 1.9.0", lock, Kind.LOCK, "PT1H", "pause",
                List.of(Map.of("percent", 25), Map.of("percent", 100))));
        String old = release(Kind.COMPUTER, "12.2.0", 1220, Map.of(), List.of());
        desk.post("hana", "/campaigns", plan("系统更新 System 12.2.0", old, Kind.COMPUTER, "PT1H", "pause",
                List.of(Map.of("percent", 100))).put("draft", true));
        awaitState(whole, "finished");
        awaitState(stopped, "aborted");
    }

    private String release(Kind kind, String version, long counter, Map<String, String> behaviour,
            List<String> fixes) throws IOException, InterruptedException {
        String factory = kind.factoryFirmware();
        Build build = new Build(kind.product().model(), kind.product().hardware(), version, counter,
                factory.substring(0, factory.indexOf('.')) + ".0.0", behaviour, fixes);
        return desk.count("/releases", desk.as("hana").postParts("/releases", bench.make(build))).path("id")
                .asText();
    }

    private String start(String name, String release, Kind kind, String soak, String action,
            List<Map<String, Object>> stages) throws IOException, InterruptedException {
        String path = "/campaigns/" + desk.post("hana", "/campaigns",
                plan(name, release, kind, soak, action, stages)).path("id").asText();
        desk.post("ivan", path + "/approve");
        desk.post("hana", path + "/start");
        return path;
    }

    /// For those that are switched on: who is away would hold a campaign up for days. Not for those whose fault ends with any restart:
    /// somebody is to mend them by hand.
    private ObjectNode plan(String name, String release, Kind kind,
            String soak, String action, List<Map<String, Object>> stages) {
        String target = appliances.stream().filter(each -> each.kind() == kind && each.isOn())
                .filter(each -> !each.ail().equals(UNTIL_RESTARTED))
                .map(each -> "device.id == \"" + each.id() + "\"").collect(Collectors.joining(" || "));
        return Doc.of("name", name, "release", release, "target", target, "stages", stages, "mode", "forced",
                "gate", Map.of("success", 0.9, "error", 0.3, "minimum", 2, "soak", soak, "action", action),
                "retry", Map.of("attempts", 1));
    }

    private void awaitState(String campaign, String state) throws IOException, InterruptedException {
        for (int looks = 0; looks < LOOKS_MAX; looks++) {
            JsonNode now = desk.get("hana", campaign);
            if (now.path("state").asText().equals(state)) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
        throw new IOException(campaign + " is not " + state + " but "
                + desk.get("hana", campaign).path("state").asText());
    }
}
