package io.aftercare.ota.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.aftercare.fleet.http.Json;
import io.aftercare.ota.release.Refused.Reason;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvelopeTest {
    private final Firmware team = new Firmware();

    @Test
    void theSignedBytesAreThoseOfTheDsseSpecification() {
        // the example of https://github.com/secure-systems-lab/dsse/blob/master/protocol.md
        assertThat(Envelope.signedBytes("http://example.com/HelloWorld", bytes("hello world")))
                .isEqualTo(bytes("DSSEv1 29 http://example.com/HelloWorld 11 hello world"));
        assertThat(Envelope.signedBytes("é", new byte[0])).isEqualTo(bytes("DSSEv1 2 é 0 "));
    }

    @Test
    void theSignatureIsThatOfRfc8032() {
        // RFC 8032, section 7.1, test 3
        byte[] publicKey = HexFormat.of()
                .parseHex("fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025");
        byte[] spki = HexFormat.of().parseHex("302a300506032b6570032100"
                + HexFormat.of().formatHex(publicKey));
        String pem = "-----BEGIN PUBLIC KEY-----\n" + java.util.Base64.getEncoder().encodeToString(spki)
                + "\n-----END PUBLIC KEY-----\n";
        byte[] sig = HexFormat.of()
                .parseHex("6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
                        + "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a");
        assertThat(Ed25519.verifies(Ed25519.publicKey(pem), HexFormat.of().parseHex("af82"), sig)).isTrue();
        assertThat(Ed25519.verifies(Ed25519.publicKey(pem), HexFormat.of().parseHex("af83"), sig)).isFalse();
    }

    @Test
    void aGoodEnvelopeNamesItsKey() {
        assertThat(Envelope.parse(bytes(good())).verify(Map.of("k1", team.keys.getPublic()))).isEqualTo("k1");
    }

    @Test
    void anotherTeamsSignatureIsRefused() {
        Firmware thief = new Firmware();
        assertThat(refusal(thief.sign(manifest(), "k1")).reason()).isEqualTo(Reason.TAMPERED);
        assertThat(refusal(thief.sign(manifest(), "k2")).reason()).isEqualTo(Reason.WRONG_KEY);
        assertThat(refusal(thief.sign(manifest(), "k2")).getMessage()).contains("POST /api/v1/signing-keys");
    }

    @Test
    void aChangedPayloadIsRefused() {
        var tree = (com.fasterxml.jackson.databind.node.ObjectNode) Json.parse(good());
        tree.put("payload", java.util.Base64.getEncoder()
                .encodeToString(bytes(Json.text(manifest().put("counter", 99)))));
        assertThat(refusal(Json.text(tree)).reason()).isEqualTo(Reason.TAMPERED);
    }

    @Test
    void anotherPayloadTypeIsRefusedThoughItIsSigned() {
        byte[] payload = bytes(Json.text(manifest()));
        byte[] sig = Ed25519.sign(team.keys.getPrivate(), Envelope.signedBytes("text/plain", payload));
        String json = Envelope.json(Envelope.MANIFEST_TYPE, payload, List.of(new Envelope.Sig("k1", sig)))
                .replace(Envelope.MANIFEST_TYPE, "text/plain");
        assertThat(refusal(json).reason()).isEqualTo(Reason.WRONG_TYPE);
    }

    @Test
    void aSignatureWithoutTheTypeAndLengthsIsRefused() {
        byte[] payload = bytes(Json.text(manifest()));
        assertThat(
                refusal(Envelope.json(Envelope.MANIFEST_TYPE, payload,
                        List.of(new Envelope.Sig("k1", Ed25519.sign(team.keys.getPrivate(), payload)))))
                        .reason())
                .isEqualTo(Reason.TAMPERED);
    }

    @Test
    void whatIsNoEnvelopeIsToldSo() {
        for (String json : new String[]{"", "[]", "{}", "nonsense",
                "{\"payloadType\":\"x\",\"payload\":\"!\",\"signatures\":[]}",
                good() + "{}", good().replace("\"payloadType\"", "\"payload\":\"YQ==\",\"payloadType\""),
                good().replace("\"sig\"", "\"extra\":1,\"sig\"")}) {
            assertThat(refusal(json).reason()).as(json).isEqualTo(Reason.MALFORMED);
        }
    }

    private Refused refusal(String json) {
        return catchThrowableOfType(Refused.class,
                () -> Envelope.parse(bytes(json)).verify(Map.of("k1", team.keys.getPublic())));
    }

    private String good() {
        return team.sign(manifest(), "k1");
    }

    private static com.fasterxml.jackson.databind.node.ObjectNode manifest() {
        return Firmware.manifest("LP-2000", 7, "1.2.3", bytes("image"));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
