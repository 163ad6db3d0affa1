package io.aftercare.service.attachment;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercare.fleet.digest.Sha256;
import io.aftercare.service.TestApi;
import io.aftercare.service.TestApi.Answer;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AttachmentIT {
    @AutoClose
    private final TestApi api = new TestApi();
    private String path;

    @BeforeAll
    void open() {
        path = "/tickets/" + api.post("/tickets",
                "{\"device\":\"LP-1\",\"title\":\"See picture\",\"channel\":\"mail\"}").body().get("id")
                .asText() + "/attachments";
    }

    private Answer send(String user, String name, String type, String content) {
        return api.call(user, "POST", path + "?name=" + name, content, "Content-Type", type);
    }

    @Test
    @Tag("R13")
    void aProofOfPurchaseIsKeptOnceUnderItsContentAndServedAsADownloadAlone() {
        Answer made = send("ann:agent", "%E5%8F%91%E7%A5%A8.txt", "text/plain; charset=utf-8", "发票 4711");
        assertThat(made.status()).as(made.body().toString()).isEqualTo(201);
        assertThat(made.body().get("name").asText()).isEqualTo("发票.txt");
        assertThat(made.body().get("sha256").asText()).isEqualTo(Sha256.hex("发票 4711"));
        assertThat(send("bob:agent", "%E5%8F%91%E7%A5%A8.txt", "text/plain", "发票 4711").status())
                .as("sent again").isEqualTo(200);
        HttpResponse<String> file = api.page("ann:agent", path + "/" + made.body().get("id").asText());
        assertThat(file.body()).isEqualTo("发票 4711");
        assertThat(file.headers().firstValue("Content-Disposition").orElse(""))
                .startsWith("attachment").contains("%E5%8F%91");
        assertThat(file.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(file.headers().firstValue("Content-Type").orElse("")).startsWith("text/plain");
        assertThat(api.get(path).body().get("items").findValuesAsText("sha256"))
                .containsOnlyOnce(Sha256.hex("发票 4711"));
    }

    @Test
    void whatIsTooLongEmptyOfAnotherTypeOrDangerousIsRefusedAndLeavesNothing() {
        assertThat(send("ann:agent", "a.txt", "text/plain", "x".repeat(100_001)).status()).isEqualTo(413);
        assertThat(send("ann:agent", "a.png", "image/png", "<script>alert(1)</script>").status())
                .isEqualTo(400);
        assertThat(send("ann:agent", "a.txt", "text/plain", "").status()).isEqualTo(400);
        assertThat(send("ann:agent", "a.html", "text/html", "<b>").status()).isEqualTo(415);
        assertThat(send("ann:agent", "a.svg", "image/svg+xml", "<svg/>").status()).isEqualTo(415);
        assertThat(api.get(path).body().get("items").findValuesAsText("name")).doesNotContain("a.txt",
                "a.png", "a.html", "a.svg");
    }

    @Test
    void aPartnerReachesTheFilesOfItsOwnOutletAlone() {
        String id = send("ann:agent", "..%2F..%2Fetc%2Fpasswd", "text/csv", "a,b").body().get("id").asText();
        assertThat(api.get(path).body().get("items").findValuesAsText("name")).contains("passwd");
        assertThat(api.page("shop:partner:north", path + "/" + id).statusCode()).isEqualTo(200);
        assertThat(api.page("other:partner:south", path + "/" + id).statusCode()).isEqualTo(404);
        assertThat(send("other:partner:south", "x.txt", "text/plain", "x").status()).isEqualTo(404);
        assertThat(api.page("ann:agent", path + "/999999").statusCode()).isEqualTo(404);
    }
}
