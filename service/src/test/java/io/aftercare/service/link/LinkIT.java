package io.aftercare.service.link;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.service.TestApi;
import io.aftercare.service.TestApi.Answer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LinkIT {
    @AutoClose
    private final TestApi api = new TestApi();

    @Test
    void aLinkIsShownAtBothEndsToThoseWhoSeeBoth() {
        String north = opened("LP-1");
        String south = opened("LP-2");
        Answer made = link(north, south, "causes");
        assertThat(made.status()).as(made.body().toString()).isEqualTo(201);
        assertThat(made.body().at("/links/0/kind").asText()).isEqualTo("causes");
        JsonNode other = api.get("/tickets/" + south).body();
        assertThat(other.at("/links/0/kind").asText()).isEqualTo("caused-by");
        assertThat(other.at("/links/0/id").asText()).isEqualTo(north);
        assertThat(other.get("timeline").findValuesAsText("kind")).contains("linked");
        assertThat(api.call("shop:partner:south", "GET", "/tickets/" + south, null).body().get("links"))
                .as("the other end is another outlet's").isEmpty();
        link(south, north, "related");
        link(north, south, "related");
        assertThat(api.get("/tickets/" + north).body().get("links").findValuesAsText("kind"))
                .as("both directions of related are one").containsExactly("causes", "related");
        assertThat(api.call("ann:agent", "DELETE", "/tickets/" + north + "/links/" + south, null).status())
                .isEqualTo(204);
        assertThat(api.call("ann:agent", "DELETE", "/tickets/" + north + "/links/" + south, null).status())
                .isEqualTo(404);
        assertThat(link(north, north, "related").status()).isEqualTo(409);
        assertThat(link(north, "T-999999", "related").status()).isEqualTo(404);
        assertThat(link(north, south, "hates").status()).isEqualTo(400);
    }

    private Answer link(String from, String to, String kind) {
        return api.post("/tickets/" + from + "/links", "{\"to\":\"" + to + "\",\"kind\":\"" + kind + "\"}");
    }

    private String opened(String device) {
        return api.post("/tickets", "{\"device\":\"" + device + "\",\"title\":\"x\",\"channel\":\"web\"}")
                .body()
                .get("id").asText();
    }
}
