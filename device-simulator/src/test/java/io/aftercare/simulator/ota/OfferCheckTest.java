package io.aftercare.simulator.ota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.simulator.Vectors;
import io.aftercare.simulator.ota.OfferCheck.Facts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class OfferCheckTest {
    @TestFactory
    List<DynamicTest> everyOfferOfTheVectorsEndsAsWritten() throws IOException {
        JsonNode vectors = Vectors.read("offers.json");
        TrustedKeys keys = new TrustedKeys(
                Map.of("release-2026", TrustedKeys.parse("vector", vectors.path("publicKey").asText())));
        List<DynamicTest> tests = new ArrayList<>();
        for (JsonNode each : vectors.path("cases")) {
            tests.add(DynamicTest.dynamicTest(each.path("name").asText(),
                    () -> assertThat(outcome(each, keys)).isEqualTo(each.path("expect").asText())));
        }
        assertThat(tests).hasSizeGreaterThan(15);
        return tests;
    }

    private static String outcome(JsonNode each, TrustedKeys keys) throws IOException {
        JsonNode device = each.path("device");
        Facts facts = new Facts("D1", device.path("product").asText(), device.path("hardware").asText(),
                device.path("version").asText(), device.path("counter").asLong(), null,
                device.path("counter").asLong());
        Offer offer = Offer.parse(each.path("offer").toString().getBytes(StandardCharsets.UTF_8));
        try {
            assertThat(
                    OfferCheck.check(offer, new Trusted.Pinned(keys), facts,
                            Instant.parse(each.path("now").asText())).version())
                    .isEqualTo("2.4.0");
            return "accepted";
        } catch (RefusedException e) {
            assertThat(e).hasMessageStartingWith("refused, " + e.attack());
            return e.attack().toString();
        }
    }

    @Test
    void versionsCompareByNumber() {
        assertThat(Versions.compare("2.10.0", "2.9.9")).isPositive();
        assertThat(Versions.compare("2.4", "2.4.0")).isZero();
        assertThat(Versions.compare("1.9.9", "2.0.0")).isNegative();
        assertThat(Versions.compare("2.4.0-rc1", "2.4.0-rc2")).isNegative();
    }

    @Test
    void anOfferWithoutItsPartsIsNoOffer() {
        assertThatThrownBy(() -> Offer.parse("{\"release\":\"r\"}".getBytes(StandardCharsets.UTF_8)))
                .hasMessageContaining("sha256");
        assertThat(Offer.releaseOf("nonsense".getBytes(StandardCharsets.UTF_8))).isEmpty();
    }
}
