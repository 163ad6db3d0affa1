package io.aftercare.server.remote;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.server.process.BackendProcess;
import io.aftercare.server.process.StaffClient;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A device's word of a crash, all the way to those who mend firmware.
class CrashNoticeIT {
    private static final String PASSWORD = "staple battery horse";

    @Test
    void whoMendsFirmwareHearsOfANewKindOfCrash(@TempDir Path folder) throws Exception {
        try (BackendProcess backend = BackendProcess.start(folder.resolve("data"), Map.of());
                StaffClient admin = StaffClient.admin(backend.http());
                StaffClient dana = new StaffClient(backend.http());
                HttpClient device = HttpClient.newHttpClient()) {
            admin.post("/api/v1/users", Map.of("username", "dana", "password", PASSWORD, "roles",
                    List.of("firmware"), "region", "", "outlet", "")).expect(201);
            dana.login("dana", PASSWORD);
            String token = admin.register("LP-2000", "LP-1");
            HttpResponse<String> told = device.send(
                    HttpRequest.newBuilder(backend.http().resolve("/device/v1/LP-1/event"))
                            .header("Authorization", "Bearer " + token)
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(
                                    """
                                            {"ts":1767225600000,"code":"crash","level":"critical","message":"SIGSEGV","data":
                                            {"process":"fw","buildId":"5f0caa1122","reason":"HardFault","stack":["0x1a2c"]}}"""))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(told.statusCode()).as(told.body()).isBetween(200, 299);
            JsonNode notice = dana.await("/api/v1/notices", page -> !page.path("items").isEmpty())
                    .path("items").path(0);
            assertThat(notice.path("template").asText()).isEqualTo("crash-group-new");
            assertThat(notice.toString()).contains("HardFault in fw+0x1a2c");
            JsonNode group = dana.get("/api/v1/crash-groups?state=open").expect(200).path("items").path(0);
            assertThat(notice.toString()).contains(group.path("id").asText());
            assertThat(dana.get("/api/v1/crashes?device=LP-1").expect(200).path("items").path(0)
                    .path("state").asText()).isIn("pending", "symbols-missing");
        }
    }
}
