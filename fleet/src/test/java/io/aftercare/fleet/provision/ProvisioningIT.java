package io.aftercare.fleet.provision;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.http.FleetApi;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.TestApi.Answer;
import java.io.IOException;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ProvisioningIT {
    private static FleetApi api;

    @BeforeAll
    static void start() throws Exception {
        api = new FleetApi();
        api.send("POST", "/api/v1/products", "{\"model\":\"LK-1\"}");
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    private static JsonNode key(String more) throws IOException, InterruptedException {
        Answer made = api.send("POST", "/api/v1/products/LK-1/keys",
                "{\"devices\":2,\"until\":\"2099-01-01T00:00:00Z\"" + more + "}");
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        return made.json();
    }

    private static Answer provision(String id, JsonNode key, String secret)
            throws IOException, InterruptedException {
        return api.api().send("POST", "/device/v1/provision", Json.text(Json.object().put("id", id)
                .put("productKey", key.path("key").asText()).put("productSecret", secret)));
    }

    private static boolean opens(String id, String token) {
        return api.devices().authenticate(new DeviceId(id), token).isPresent();
    }

    @Test
    void aDeviceRegistersItselfWithItsProductsKeyAsLongAsThatIsGood() throws Exception {
        JsonNode key = key("");
        String secret = key.path("secret").asText();
        assertThat(provision("SELF-1", key, "wrong").status()).isEqualTo(401);
        Answer first = provision("SELF-1", key, secret);
        assertThat(first.status()).as(first.text()).isEqualTo(200);
        // The answer was lost: until its first login it may ask again.
        Answer again = provision("SELF-1", key, secret);
        assertThat(again.status()).isEqualTo(200);
        String token = again.json().path("token").asText();
        assertThat(opens("SELF-1", first.json().path("token").asText())).isFalse();
        assertThat(opens("SELF-1", token)).isTrue();
        assertThat(provision("SELF-1", key, secret).status()).isEqualTo(409);
        assertThat(opens("SELF-1", token)).isTrue();
        assertThat(provision("SELF-2", key, secret).status()).isEqualTo(200);
        assertThat(provision("SELF-3", key, secret).status()).as("two were allowed").isEqualTo(401);
        String path = "/api/v1/products/LK-1/keys/" + key.path("key").asText();
        assertThat(api.send("PATCH", path, "{\"devices\":10}").json().path("devices").asInt()).isEqualTo(2);
        assertThat(provision("SELF-3", key, secret).status()).isEqualTo(200);
        String other = api.send("POST", path + "/rotate", null).json().path("secret").asText();
        assertThat(provision("SELF-4", key, secret).status()).isEqualTo(401);
        assertThat(provision("SELF-4", key, other).status()).isEqualTo(200);
        api.send("PATCH", path, "{\"enabled\":false}");
        assertThat(provision("SELF-5", key, other).status()).isEqualTo(401);
        assertThat(provision("SELF-4", key, other).status()).as("asked again, with a key that is off")
                .isEqualTo(401);
        assertThat(api.send("GET", "/api/v1/products/LK-1/keys", null).text())
                .contains(key.path("key").asText()).doesNotContain("secret", other);
        assertThat(api.send("GET", "/api/v1/audit?object=device/SELF-1", null).text())
                .contains("device.provision");
    }

    @Test
    void aKeyForKnownDevicesGivesEachItsTokenOnce() throws Exception {
        JsonNode key = key(",\"knownOnly\":true");
        String secret = key.path("secret").asText();
        assertThat(provision("KNOWN-1", key, secret).status()).isEqualTo(409);
        api.send("POST", "/api/v1/devices", "{\"id\":\"KNOWN-1\",\"model\":\"LK-1\"}");
        Answer given = provision("KNOWN-1", key, secret);
        assertThat(given.status()).as(given.text()).isEqualTo(200);
        assertThat(opens("KNOWN-1", given.json().path("token").asText())).isTrue();
    }

    @Test
    void withAnOverlapTheOldTokenIsRightUntilTheNewOneIsUsed() throws Exception {
        String old = register("ROT-1");
        assertThat(opens("ROT-1", old)).isTrue();
        Answer rotated = api.send("POST", "/api/v1/devices/ROT-1/credentials", "{\"overlap\":\"PT24H\"}");
        assertThat(rotated.status()).as(rotated.text()).isEqualTo(201);
        assertThat(rotated.json().path("overlap").asText()).isEqualTo("PT24H");
        String token = rotated.json().path("token").asText();
        assertThat(opens("ROT-1", old)).isTrue();
        assertThat(api.devices().byToken(old)).isPresent();
        assertThat(opens("ROT-1", token)).isTrue();
        assertThat(opens("ROT-1", old)).as("the new one was used").isFalse();
        assertThat(api.devices().byToken(old)).isEmpty();
        assertThat(opens("ROT-1", token)).isTrue();
        Answer revoked = api.send("POST", "/api/v1/devices/ROT-1/credentials", "{\"overlap\":\"PT0S\"}");
        assertThat(opens("ROT-1", token)).isFalse();
        assertThat(opens("ROT-1", revoked.json().path("token").asText())).isTrue();
        assertThat(api.send("POST", "/api/v1/devices/ROT-1/credentials", "{\"overlap\":\"a day\"}").status())
                .isEqualTo(400);
    }

    @Test
    void aNewTokenIsHandedOverTheConnectionWhereThatIsAskedAndThereIsOne() throws Exception {
        register("CONNECTED");
        register("ASLEEP");
        api.send("POST", "/api/v1/devices/CONNECTED/credentials", null);
        assertThat(api.handed()).as("nobody asked").isEmpty();
        JsonNode given = api.send("POST", "/api/v1/devices/CONNECTED/credentials",
                "{\"overlap\":\"PT1H\",\"deliver\":true}").json();
        assertThat(given.path("delivered").asBoolean()).isTrue();
        assertThat(api.handed()).containsExactly(given.path("token").asText());
        assertThat(api.send("POST", "/api/v1/devices/ASLEEP/credentials", "{\"deliver\":true}").json()
                .path("delivered").asBoolean(true)).isFalse();
    }

    @Test
    void theOldTokenDiesAtTheEndOfItsTime() throws Exception {
        String old = register("ROT-2");
        api.send("POST", "/api/v1/devices/ROT-2/credentials", "{\"overlap\":\"PT1H\"}");
        assertThat(opens("ROT-2", old)).isTrue();
        api.database().jdbi().useHandle(handle -> handle.execute(
                "UPDATE fleet.device SET old_token_until = now() - interval '1 second' WHERE id = 'ROT-2'"));
        api.devices().refresh(new DeviceId("ROT-2"));
        assertThat(api.devices().byToken(old)).isEmpty();
    }

    private static String register(String id) throws IOException, InterruptedException {
        return api.send("POST", "/api/v1/devices", "{\"id\":\"" + id + "\",\"model\":\"LK-1\"}").json()
                .path("token").asText();
    }

    @Test
    void aCustomerClaimsADeviceWithItsCodeOnce() throws Exception {
        register("CL-1");
        register("CL-2");
        Answer made = api.send("POST", "/api/v1/devices/CL-1/claim-code", "{\"expiresIn\":\"PT1H\"}");
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        String code = made.json().path("code").asText();
        assertThat(code).matches("([0-9A-Z]{4}-){2}[0-9A-Z]{4}");
        assertThat(claim("CL-2", code).status()).isEqualTo(403);
        assertThat(claim("CL-1", "0000-0000-0000").status()).isEqualTo(403);
        assertThat(claim("CL-1", code.toLowerCase(Locale.ROOT).replace("-", " ")).status())
                .isEqualTo(200);
        assertThat(api.send("GET", "/api/v1/devices/CL-1", null).json().path("customer").asText())
                .isEqualTo("Ana");
        assertThat(claim("CL-1", code).status()).as("once").isEqualTo(403);
        int status = 403;
        for (int i = 0; i < 10 && status == 403; i++) {
            status = claim("CL-1", "guess-" + i).status();
        }
        assertThat(status).isEqualTo(429);
    }

    @Test
    void aBodyThatMayBeLeftOutIsAndWhatCannotBeIsToldAsTheAskersMistake() throws Exception {
        register("CL-3");
        Answer made = api.send("POST", "/api/v1/devices/CL-3/claim-code", null);
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        assertThat(made.json().path("expiresIn").asText()).isEqualTo("PT720H");
        Answer key = api.send("POST", "/api/v1/products/LK-1/keys",
                "{\"devices\":1,\"until\":\"2020-01-01T00:00:00Z\"}");
        assertThat(key.status()).as(key.text()).isEqualTo(400);
        assertThat(key.text()).contains("until");
        Answer id = api.api().send("POST", "/device/v1/provision",
                "{\"id\":\"a b\",\"productKey\":\"k\",\"productSecret\":\"s\"}");
        assertThat(id.status()).as(id.text()).isEqualTo(400);
    }

    private static Answer claim(String device, String code) throws IOException, InterruptedException {
        return api.api().send("POST", "/api/v1/claims", Json.text(
                Json.object().put("device", device).put("code", code).put("customer", "Ana")));
    }
}
