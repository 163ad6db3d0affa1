package io.aftercare.benchmarks.ota;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.benchmarks.machine.Await;
import io.aftercare.simulator.staff.StaffApi;
import java.io.IOException;
import java.time.Duration;

/// A campaign over all devices, by the staff's interface, from the request to the first offers.
final class CampaignPhase {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration OFFERS_MAX = Duration.ofMinutes(2);

    private CampaignPhase() {}

    static OtaReport.Campaign run(StaffApi author, StaffApi approver, String release)
            throws IOException, InterruptedException {
        ObjectNode wanted = JSON.createObjectNode().put("name", "Benchmark").put("release", release).put(
                "target",
                "device.firmware == \"\" || semver(device.firmware) < semver(\"2.0.0\")");
        for (int percent : new int[]{1, 10, 50, 100}) {
            wanted.withArray("stages").addObject().put("percent", percent);
        }
        long begin = System.nanoTime();
        var made = author.post("/campaigns", wanted).orFail();
        double create = seconds(begin);
        String path = "/campaigns/" + made.path("id").asText();
        approver.post(path + "/approve").orFail();
        begin = System.nanoTime();
        author.post(path + "/start").orFail();
        Await.until("a place for every device", OFFERS_MAX, Duration.ofMillis(100),
                () -> !author.get(path).orFail().path("enrolling").asBoolean());
        double start = seconds(begin);
        double offered = Await.until("offers", OFFERS_MAX, Duration.ofMillis(100),
                () -> !author.get(path + "/devices?state=offered&limit=1").orFail().path("items").isEmpty())
                / 1e9;
        return new OtaReport.Campaign(made.path("id").asText(), made.path("matched").asInt(), create, start,
                offered);
    }

    private static double seconds(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }

    /// A device that is offered the release now.
    static String offered(StaffApi api, String campaign) throws IOException, InterruptedException {
        return api.get("/campaigns/" + campaign + "/devices?state=offered&limit=1").orFail().path("items")
                .get(0)
                .path("device").asText();
    }
}
