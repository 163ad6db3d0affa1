package io.aftercare.fleet.device;

import static io.aftercare.fleet.device.ModelMetrics.Introduced.PLACED;
import static io.aftercare.fleet.device.ModelMetrics.Introduced.TOO_MANY_OF_DEVICE;
import static io.aftercare.fleet.device.ModelMetrics.Introduced.TOO_MANY_OF_MODEL;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ModelMetricsTest {
    private static List<String> names(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> prefix + i).toList();
    }

    @Test
    void aNewProductTakesASampleOfItsFirstDeviceWhole() {
        ModelMetrics metrics = ModelMetrics.inMemory("m", List.of());
        assertThat(metrics.introduce(1, names("a", 256))).isEqualTo(PLACED);
        assertThat(metrics.size()).isEqualTo(256);
        assertThat(metrics.name(metrics.find("a255"))).isEqualTo("a255");
        assertThat(metrics.introduce(1, names("a", 256))).as("nothing new").isEqualTo(PLACED);
    }

    @Test
    void beyondTheFirstOnesADeviceBringsItsPartAndNoMoreAndNoneOfAMessageThatIsTooMuch() {
        ModelMetrics metrics = ModelMetrics.inMemory("m", names("declared", 256));
        assertThat(metrics.introduce(1, names("a", 65))).isEqualTo(TOO_MANY_OF_DEVICE);
        assertThat(metrics.size()).isEqualTo(256);
        assertThat(metrics.introduce(1, names("a", 60))).isEqualTo(PLACED);
        assertThat(metrics.introduce(1, names("b", 5))).isEqualTo(TOO_MANY_OF_DEVICE);
        assertThat(metrics.introduce(1, names("b", 4))).isEqualTo(PLACED);
        assertThat(metrics.introduce(2, names("c", 64))).as("another device").isEqualTo(PLACED);
        assertThat(metrics.size()).isEqualTo(384);
    }

    @Test
    void manyDevicesTogetherLeaveRoomForWhatTheProductDeclares() {
        ModelMetrics metrics = ModelMetrics.inMemory("m", List.of());
        for (int device = 0; device < 1000; device++) {
            metrics.introduce(device, names(device + "-", 64));
        }
        assertThat(metrics.size()).isEqualTo(ModelMetrics.FOUND_MAX);
        assertThat(metrics.introduce(2000, List.of("one"))).isEqualTo(TOO_MANY_OF_MODEL);
    }
}
