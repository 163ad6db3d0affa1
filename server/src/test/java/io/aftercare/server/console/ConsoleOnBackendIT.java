package io.aftercare.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercare.server.process.BackendProcess;
import io.aftercare.server.process.StaffClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The console on the backend itself: a device overheats over MQTT, and its case comes up before an agent's eyes.
class ConsoleOnBackendIT {
    private static final int LIVE_TRIES_MAX = 20;
    private static final String RULE = """
            id: overheating
            title: Fuser overheating
            fault: { code: OVERHEAT, severity: major }
            when: 'fuser_temp > 210.0'
            ticket: { open: true, priority: P1 }
            """;

    @TempDir
    Path folder;

    @Test
    void anAgentSeesTheCaseOpenTheEvidenceAndTheDeviceLive() throws Exception {
        try (BackendProcess backend = BackendProcess.start(folder.resolve("data"), Map.of());
                StaffClient admin = StaffClient.admin(backend.http());
                Browser browser = Browser.start(folder.resolve("profile"))) {
            String token = admin.register("LP-2000", "PRN-1");
            admin.put("/api/v1/rules/overheating", "application/yaml", RULE).expect(201);
            browser.open(backend.http() + "/");
            browser.type("input[name=username]", "admin");
            browser.type("input[name=password]", BackendProcess.ADMIN_PASSWORD);
            browser.click("form button.primary");
            browser.awaitText("No open tickets");

            MqttClient device = connect(backend, token);
            measure(device, 190.5);
            measure(device, 231.5);
            browser.awaitText("Show 1 new");
            browser.click(".news button");
            browser.awaitText("T-000001");
            assertThat(browser.text()).contains("Fuser overheating", "Proactive", "P1");

            browser.click("ac-queue a.title");
            browser.await("document.querySelector('.timeline [data-kind=fault]')");
            browser.await("document.querySelector('ac-evidence canvas')");
            browser.awaitText("fuser_temp > 210.0");
            browser.click("[data-do=mine]");
            browser.awaitText("Assigned to admin");
            browser.click("[data-to=in-progress]");
            browser.click("dialog button.primary");
            browser.awaitText("The ticket is now “In progress”");

            browser.open(backend.http() + "/#/device/PRN-1");
            browser.await("document.querySelector('[data-metric=fuser_temp] canvas')");
            String shown = "document.querySelector('[data-metric=fuser_temp] .value').textContent.startsWith('188.')";
            boolean seen = false;
            for (int tries = 0; tries < LIVE_TRIES_MAX && !seen; tries++) {
                measure(device, 188.25); // again, because the page's stream may still be on its way
                seen = browser.seesWithin(1000, shown);
            }
            assertThat(seen).as("the newest value appears by itself").isTrue();
            device.disconnect();
            device.close();
            assertThat(browser.complaints()).allMatch(one -> one.contains("/api/v1/session"));
        }
    }

    private static MqttClient connect(BackendProcess backend, String token) throws MqttException {
        MqttClient device = new MqttClient("tcp://127.0.0.1:" + backend.mqttPort(), "PRN-1",
                new MemoryPersistence());
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setUserName("PRN-1");
        options.setPassword(token.getBytes(StandardCharsets.UTF_8));
        device.connect(options);
        return device;
    }

    private static void measure(MqttClient device, double temperature) throws MqttException {
        String sample = "{\"fuser_temp\":" + temperature + "}";
        device.publish("devices/PRN-1/telemetry", sample.getBytes(StandardCharsets.UTF_8), 1, false);
    }
}
