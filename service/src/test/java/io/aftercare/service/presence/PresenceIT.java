package io.aftercare.service.presence;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercare.service.TestApi;
import io.aftercare.service.TestApi.Answer;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PresenceIT {
    @AutoClose
    private final TestApi api = new TestApi();
    private String path;

    @BeforeAll
    void open() {
        path = "/tickets/" + api
                .post("/tickets", "{\"device\":\"LP-1\",\"title\":\"Two at once\",\"channel\":\"mail\"}")
                .body()
                .get("id").asText();
    }

    @Test
    void whoIsAtACaseIsSeenByTheOthersAndForgottenAfterHalfAMinute() {
        assertThat(here("ann:agent", false).body().get("others")).isEmpty();
        Answer bob = here("bob:engineer", true);
        assertThat(bob.body().at("/others/0/user").asText()).isEqualTo("ann");
        assertThat(here("ann:agent", false).body().at("/others/0/typing").asBoolean()).isTrue();
        api.clock.forward(Duration.ofSeconds(31));
        assertThat(here("ann:agent", false).body().get("others")).isEmpty();
        assertThat(here("shop:partner:south", false).status()).isEqualTo(404);
    }

    @Test
    void aDraftIsKeptForItsWriterAloneAndTwoWindowsDoNotLoseIt() {
        assertThat(api.get(path + "/draft").body().get("text").asText()).isEmpty();
        Answer kept = api.call("ann:agent", "PUT", path + "/draft", "{\"text\":\"Dear\"}");
        assertThat(kept.status()).as(kept.body().toString()).isEqualTo(200);
        assertThat(api.call("bob:agent", "GET", path + "/draft", null).body().get("text").asText()).isEmpty();
        Answer more = api.call("ann:agent", "PUT", path + "/draft", "{\"text\":\"Dear Li\"}", "If-Match",
                String.valueOf(kept.etag()));
        assertThat(more.status()).isEqualTo(200);
        assertThat(api.call("ann:agent", "PUT", path + "/draft", "{\"text\":\"old window\"}", "If-Match",
                String.valueOf(kept.etag())).status()).isEqualTo(412);
        assertThat(api.get(path + "/draft").body().get("text").asText()).isEqualTo("Dear Li");
        assertThat(api.call("ann:agent", "DELETE", path + "/draft", null).status()).isEqualTo(204);
        assertThat(api.get(path + "/draft").body().get("text").asText()).isEmpty();
    }

    private Answer here(String user, boolean typing) {
        return api.call(user, "POST", path + "/presence", "{\"typing\":" + typing + "}");
    }
}
