package io.aftercare.simulator.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aftercare.simulator.physics.Kind;
import io.aftercare.simulator.product.Actions;
import io.aftercare.simulator.product.Product;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigurationTest {
    private static JsonNode json(String text) throws JsonProcessingException {
        return new ObjectMapper().readTree(text);
    }

    private static String shown(Map<String, Object> reported, String name) {
        return String.valueOf(reported.get(name)).replace("\"", "");
    }

    @Test
    void whatItCanTakeItTakesAndTheVersionIsHeardInAnyCase() throws JsonProcessingException {
        Configuration printer = new Configuration(Kind.PRINTER.product());
        assertThat(printer.reported()).containsEntry("desiredVersion", 0L);
        assertThat(printer.take(json("""
                {"tray":"A5","sleepMinutes":999,"fuserLimit":210,"colour":"red","desiredVersion":7}""")))
                .containsExactly("sleepMinutes", "fuserLimit", "colour");
        Map<String, Object> reported = printer.reported();
        assertThat(shown(reported, "tray")).isEqualTo("A5");
        assertThat(shown(reported, "sleepMinutes")).isEqualTo("15.0");
        assertThat(shown(reported, "fuserLimit")).as("locked by the maker").isEqualTo("230.0");
        assertThat(reported).containsEntry("desiredVersion", 7L).doesNotContainKey("colour");
    }

    @Test
    void anOlderVersionDoesNotLowerTheNumberAndNullMeansTheFactorys() throws JsonProcessingException {
        Configuration router = new Configuration(Kind.ROUTER.product());
        assertThat(router.take(json("{\"mode\":\"quiet\",\"desiredVersion\":9}"))).isEmpty();
        assertThat(router.take(json("{\"mode\":null,\"desiredVersion\":4}"))).isEmpty();
        assertThat(shown(router.reported(), "mode")).isEqualTo("auto");
        assertThat(router.reported()).containsEntry("desiredVersion", 9L);
        router.reset();
        assertThat(router.reported()).containsEntry("desiredVersion", 0L);
    }

    @Test
    void aDeviceWithoutSettingsTakesAnythingButNotWithoutEnd() throws JsonProcessingException {
        Configuration any = new Configuration(new Product("X-1", "x", "", List.of(), Actions.with()));
        for (int i = 0; i < Configuration.KEYS_MAX; i++) {
            assertThat(any.take(json("{\"k" + i + "\":" + i + "}"))).isEmpty();
        }
        assertThat(any.take(json("{\"more\":1,\"k3\":\"other\"}"))).containsExactly("more");
        assertThat(shown(any.reported(), "k3")).isEqualTo("other");
    }
}
