package io.aftercare.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.service.TestApi.Answer;
import java.util.List;

/// People who can be sent, for tests over HTTP.
public final class Crew {
    private final TestApi api;

    public Crew(TestApi api) {
        this.api = api;
    }

    /// An engineer of our own, a junior, around the clock, skilled for a model and not certified.
    public void engineer(String name, String model) {
        engineer(name, model, "");
    }

    /// @param outlet of the partner that they work for
    public void engineer(String name, String model, String outlet) {
        api.database.jdbi().useHandle(handle -> handle.execute("INSERT INTO fleet.staff"
                + " (name, password_hash, roles, region, outlet) VALUES (?, 'x', '{engineer}', 'north', ?)",
                name,
                outlet));
        assertThat(api.call("cat:coordinator", "POST", "/engineers", "{\"name\":\"" + name
                + "\",\"level\":\"junior\",\"skills\":[\"" + model + "\"]}").status()).isEqualTo(201);
    }

    /// The next version of a model's standard, in force from now on.
    public Answer standard(String model) {
        return api.call("qin:quality", "POST", "/certification-standards", "{\"model\":\"" + model
                + "\",\"theoryPass\":80,\"practicalPass\":80,\"why\":\"as it is sold now\"}");
    }

    /// Lets somebody pass the review for a model by the standard in force.
    public void certify(String name, String model) {
        String path = "/certifications/" + api.call("qin:quality", "POST", "/certifications",
                "{\"engineer\":\"" + name + "\",\"model\":\"" + model + "\"}").body().get("id").asText();
        api.call("qin:quality", "POST", path + "/review", "{\"theory\":90,\"practical\":90}");
        assertThat(api.call("qin:quality", "POST", path + "/issue", null).status()).isEqualTo(200);
    }

    /// An engineer who can be sent to devices of a model at any time. The model has a standard afterwards.
    public void ready(String name, String model) {
        engineer(name, model);
        if (api.get("/certification-standards?model=" + model).body().get("items").isEmpty()) {
            standard(model);
        }
        certify(name, model);
    }

    /// What members of staff were told by that template, after every reminder that is due has been written.
    public List<JsonNode> told(String template) {
        api.await("/engineers", _ -> undue() == 0);
        return outbox("notice.staff").stream().filter(one -> one.get("template").asText().equals(template))
                .toList();
    }

    /// What was put into the outbox for a topic, the oldest first.
    public List<JsonNode> outbox(String topic) {
        return api.database.jdbi().withHandle(handle -> handle.createQuery(
                "SELECT payload FROM fleet.outbox WHERE topic = :topic ORDER BY id").bind("topic", topic)
                .mapTo(String.class).map(Json::parse).list());
    }

    private int undue() {
        return api.database.jdbi().withHandle(handle -> handle.createQuery(
                """
                        SELECT (SELECT count(*) FROM service.certification
                                WHERE expires_at <= :now::timestamptz + interval '60 days' AND revoked_at IS NULL AND reminded_at IS NULL)
                             + (SELECT count(*) FROM service.engineer WHERE training_due <= (:now::timestamptz + interval '14 days')::date
                                AND training_reminded IS DISTINCT FROM training_due)
                             + (SELECT count(*) FROM service.tool
                                WHERE least(calibration_due, maintenance_due) <= (:now::timestamptz + interval '14 days')::date
                                AND reminded IS DISTINCT FROM least(calibration_due, maintenance_due))""")
                .bind("now", api.clock.instant()).mapTo(Integer.class).one());
    }
}
