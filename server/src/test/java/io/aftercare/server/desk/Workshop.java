package io.aftercare.server.desk;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.server.process.StaffClient;
import java.io.IOException;

/// What a repair needs beside people: an engineer who is certified for the model and one who is not, a shelf of genuine
/// parts at the warehouse, and the certified engineer's van.
final class Workshop {
    static final String PART = "FUSER-2";
    static final String STORE = "MAIN";
    static final String VAN = "VAN-ERIK";
    /// Of the user who may not be sent.
    static final String NOVICE = "ned";

    private Workshop() {}

    /// @param desk whose engineer it makes ready
    static void open(Desk desk) throws IOException, InterruptedException {
        done(desk.quality, "/certification-standards", """
                {"model":"%s","theoryPass":80,"practicalPass":80,"why":"as it is sold now"}"""
                .formatted(Desk.MODEL));
        desk.person(NOVICE, "engineer");
        for (String name : new String[]{"erik", NOVICE}) {
            done(desk.coordinator, "/engineers",
                    """
                            {"name":"%s","level":"senior","skills":["%s"],"region":"north","home":{"lat":31.2,"lon":121.4}}"""
                            .formatted(name, Desk.MODEL));
        }
        certify(desk);
        done(desk.coordinator, "/stock-locations",
                "{\"code\":\"" + STORE + "\",\"kind\":\"warehouse\",\"name\":\"Main store\"}");
        done(desk.coordinator, "/stock-locations",
                "{\"code\":\"" + VAN + "\",\"kind\":\"van\",\"name\":\"Erik's van\",\"engineer\":\"erik\"}");
        part(desk, PART, true);
        part(desk, "COPY-1", false);
    }

    private static void certify(Desk desk) throws IOException, InterruptedException {
        JsonNode applied = done(desk.engineer, "/certifications", "{\"model\":\"" + Desk.MODEL + "\"}");
        String path = "/certifications/" + applied.get("id").asText();
        done(desk.quality, path + "/review", "{\"theory\":92,\"practical\":88}");
        done(desk.quality, path + "/issue", "{}");
    }

    private static void part(Desk desk, String code, boolean genuine)
            throws IOException, InterruptedException {
        done(desk.coordinator, "/parts", """
                {"code":"%s","name":{"zh":"定影器","en":"Fuser"},"specification":"220 V","models":["%s"],
                 "class":"core","genuine":%s}""".formatted(code, Desk.MODEL, genuine));
        done(desk.coordinator, "/parts/" + code + "/prices", "{\"amount\":300.00}");
        done(desk.coordinator, "/parts/" + code + "/batches", "{\"batch\":\"B-1\"}");
        done(desk.coordinator, "/stock-movements", """
                {"part":"%s","batch":"B-1","from":"supplier","to":"%s","quantity":5,"reason":"receive",
                 "reference":"D-81","unitCost":180.00}""".formatted(code, STORE));
    }

    private static JsonNode done(StaffClient who, String path, String json)
            throws IOException, InterruptedException {
        StaffClient.Answer answer = who.post("/api/v1" + path, Json.parse(json));
        return answer.expect(answer.status() == 200 ? 200 : 201);
    }
}
