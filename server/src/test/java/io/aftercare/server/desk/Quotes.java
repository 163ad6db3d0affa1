package io.aftercare.server.desk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;

/// What a repair that is not covered would cost, and the customer's answer on the page of the case (R7).
final class Quotes {
    private Quotes() {}

    /// Drafted with the official price of the part, and sent; the customer sees nothing before.
    ///
    /// @return as the desk sees it
    static JsonNode sent(CaseStory story) throws IOException, InterruptedException {
        JsonNode draft = story.done(story.desk.agent, "quote",
                """
                        {"lines":[{"kind":"part","part":"%s"},{"kind":"labour","text":"Replace the fuser","quantity":1,"price":120},
                                  {"kind":"travel","text":"There and back","quantity":1,"price":30}],
                         "inspectionFee":50,"durationDays":2,"cause":"worn fuser","plan":"replace it",
                         "risk":"the drum may be worn too","validDays":7}"""
                        .formatted(Workshop.PART));
        assertThat(draft.get("total").decimalValue()).isEqualByComparingTo("450.00");
        assertThat(story.read(story.customer, story.link() + "/quotes").get("items")).isEmpty();
        JsonNode sent = story.done(story.desk.agent, "/quotes/" + draft.get("id").asText() + "/send", "{}");
        assertThat(sent.get("state").asText()).isEqualTo("sent");
        return sent;
    }

    /// The customer reads cause, plan, risk and price, and agrees to exactly that.
    static void acceptedByTheCustomer(CaseStory story, JsonNode quote)
            throws IOException, InterruptedException {
        String page = story.link() + "/quotes";
        JsonNode shown = story.read(story.customer, page + "?language=en").get("items").get(0);
        assertThat(shown.get("wording").asText()).contains("450.00", "worn fuser", "replace it",
                "the drum may be worn too");
        String answer = page + "/" + quote.get("id").asText() + "/accept";
        story.refused(story.customer, answer, "{\"shown\":\"" + "0".repeat(64) + "\"}",
                "read it again before you answer");
        answered(story, answer, shown, "accepted");
    }

    static void declinedByTheCustomer(CaseStory story, JsonNode quote)
            throws IOException, InterruptedException {
        String page = story.link() + "/quotes";
        JsonNode shown = story.read(story.customer, page + "?language=en").get("items").get(0);
        answered(story, page + "/" + quote.get("id").asText() + "/decline", shown, "declined");
    }

    private static void answered(CaseStory story, String path, JsonNode shown, String state)
            throws IOException, InterruptedException {
        JsonNode then = story.done(story.customer, path,
                "{\"shown\":\"" + shown.get("shown").asText() + "\"}");
        assertThat(then.get("state").asText()).isEqualTo(state);
        JsonNode decision = story.read(story.desk.agent, "quote").get("decision");
        assertThat(decision.get("via").asText()).isEqualTo("page");
        assertThat(decision.get("wording").asText()).isEqualTo(shown.get("wording").asText());
    }
}
