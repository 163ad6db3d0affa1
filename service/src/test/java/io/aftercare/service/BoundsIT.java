package io.aftercare.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Numbers beyond what is kept are refused as bad input: none breaks anything.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BoundsIT {
    private static final String CORA = "cora:coordinator";
    @AutoClose
    private final TestApi api = new TestApi();

    @ParameterizedTest
    @ValueSource(strings = {"1E400000000", "-1E400000000", "1E-400000000", "1E2147483647", "1E401"})
    void aNumberThatFillsTheMemoryWrittenOutIsRefusedAsItIsRead(String number) {
        assertThat(api.call(CORA, "PUT", "/budgets/desk/2026-10", "{\"amount\":" + number + "}").status())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2147483648", "99999999999999999999", "1e9"})
    void aVersionBeyondTheLargestIsBadInput(String version) {
        for (String path : List.of("/calendars/default", "/sla-policies/default")) {
            assertThat(api.call(CORA, "GET", path + "?version=" + version, null).status()).as(path)
                    .isEqualTo(400);
        }
    }

    @Test
    void aCursorBeyondTheLargestVersionIsAllOfThem() {
        assertThat(
                api.call(CORA, "GET", "/warranty-policies/handbook/versions?cursor=9223372036854775807", null)
                        .status())
                .isLessThan(500);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/case-files?from=", "/case-files?to=", "/kpis?from=", "/kpis?to=",
            "/failure-rates?to="})
    void aYearThatTheDatabaseDoesNotTakeIsBadInput(String path) {
        for (String time : List.of("%2B1000000000-12-31T23:59:59Z", "-1000000000-01-01T00:00:00Z",
                "%2B10000-01-01T00:00:00Z")) {
            assertThat(api.call("quin:quality", "GET", path + time, null).status()).as(time).isEqualTo(400);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "{\"kind\":\"labour\",\"quantity\":1000000,\"price\":999999999999.99}",
            "{\"kind\":\"labour\",\"price\":999999999999.99},{\"kind\":\"labour\",\"price\":0.01}"})
    void aQuoteThatComesToMoreThanAnAmountIsRefused(String lines) {
        String id = api.call(CORA, "POST", "/tickets", "{\"title\":\"Noise\",\"channel\":\"phone\"}").body()
                .path("id")
                .asText();
        TestApi.Answer answer = api.call(CORA, "POST", "/tickets/" + id + "/quote", "{\"lines\":[" + lines
                + "],\"durationDays\":3,\"cause\":\"worn\",\"plan\":\"repair\",\"risk\":\"none\"}");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().path("errors").get(0).path("field").asText()).isEqualTo("lines");
    }
}
