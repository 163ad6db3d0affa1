package io.aftercare.service.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.service.TestApi;
import io.aftercare.service.TestApi.Answer;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ViewIT {
    @AutoClose
    private final TestApi api = new TestApi();

    private Answer put(String user, String name, String title, boolean shared, String... headers) {
        return api.call(user, "PUT", "/me/views/" + name,
                "{\"page\":\"queue\",\"query\":\"owner=me&state=open\",\"title\":\"" + title
                        + "\",\"shared\":" + shared + "}",
                headers);
    }

    private List<String> titles(String user) {
        JsonNode items = api.call(user, "GET", "/me/views?page=queue", null).body().get("items");
        return StreamSupport.stream(items.spliterator(), false).map(view -> view.get("title").asText())
                .toList();
    }

    @Test
    void aViewIsKeptChangedAndThrownAway() {
        assertThat(put("kim:agent", "mine", "我的 🛠", false).status()).isEqualTo(200);
        assertThat(titles("kim:agent")).containsExactly("我的 🛠");
        assertThat(put("kim:agent", "mine", "Again", false).status()).isEqualTo(428);
        assertThat(
                put("kim:agent", "mine", "Again", false, "If-Match", "\"1\"").body().get("version").asInt())
                .isEqualTo(2);
        assertThat(put("kim:agent", "mine", "Late", false, "If-Match", "\"1\"").status()).isEqualTo(412);
        assertThat(put("kim:agent", "new", "Late", false, "If-Match", "\"3\"").status()).isEqualTo(412);
        assertThat(api.call("kim:agent", "DELETE", "/me/views/mine", null, "If-Match", "\"1\"").status())
                .isEqualTo(412);
        assertThat(api.call("kim:agent", "DELETE", "/me/views/mine", null).status()).isEqualTo(204);
        assertThat(api.call("kim:agent", "DELETE", "/me/views/mine", null).status()).isEqualTo(404);
        assertThat(titles("kim:agent")).isEmpty();
        assertThat(audited("view/kim/mine")).isZero();
    }

    @Test
    void whatIsSharedAllStaffSeeWithItsAuthor() {
        put("lea:agent", "own", "A of hers", false);
        assertThat(put("lea:agent", "team", "B for all", true).status()).isEqualTo(200);
        put("max:agent", "own", "C of his", false);
        assertThat(titles("max:agent")).containsExactly("C of his", "B for all");
        JsonNode shared = api.call("max:agent", "GET", "/me/views", null).body().at("/items/1");
        assertThat(shared.get("author").asText()).isEqualTo("lea");
        assertThat(api.call("max:agent", "DELETE", "/me/views/team", null).status()).isEqualTo(404);
        assertThat(titles("pat:partner:north")).isEmpty();
        assertThat(put("pat:partner:north", "x", "For all", true).status()).isEqualTo(403);
        assertThat(audited("view/lea/team")).isEqualTo(1);
        assertThat(api.call("lea:agent", "DELETE", "/me/views/team", null).status()).isEqualTo(204);
        assertThat(audited("view/lea/team")).isEqualTo(2);
    }

    @Test
    void whatIsTooMuchIsRefused() {
        for (int i = 0; i < ViewRoom.PER_PERSON_MAX; i++) {
            assertThat(put("zoe:agent", "v" + i, "View " + i, false).status()).isEqualTo(200);
        }
        Answer refused = put("zoe:agent", "more", "One more", false);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.body().get("detail").asText()).contains("50 views already");
        assertThat(put("zoe:agent", "v1", "Changed", false, "If-Match", "\"1\"").status()).isEqualTo(200);
        assertThat(put("zoe:agent", "v2", " ", false, "If-Match", "\"1\"").status()).isEqualTo(400);
        assertThat(put("zoe:agent", "v2", "x".repeat(101), false, "If-Match", "\"1\"").status())
                .isEqualTo(400);
        assertThat(put("zoe:agent", "no%20name", "x", false).status()).isEqualTo(400);
    }

    private int audited(String object) {
        return api.database.jdbi()
                .withHandle(handle -> handle
                        .createQuery("SELECT count(*) FROM fleet.audit WHERE object = :object")
                        .bind("object", object).mapTo(Integer.class).one());
    }
}
