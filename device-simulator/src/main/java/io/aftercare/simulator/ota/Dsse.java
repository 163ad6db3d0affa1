package io.aftercare.simulator.ota;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;

/// The Dead Simple Signing Envelope's pre-authentication encoding (DSSE 1.0, protocol.md) and Ed25519 (RFC 8032) over
/// it: `DSSEv1 <length of type> <type> <length of payload> <payload>`, lengths in bytes, decimal.
public final class Dsse {
    public static final String MANIFEST_TYPE = "application/vnd.aftercare.manifest+json";
    public static final String ROOT_TYPE = "application/vnd.aftercare.root+json";
    public static final String ASSIGNMENT_TYPE = "application/vnd.aftercare.assignment+json";

    private Dsse() {}

    /// The bytes that are signed.
    public static byte[] preAuthentication(String type, byte[] payload) {
        byte[] typeBytes = type.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream(payload.length + typeBytes.length + 32);
        out.writeBytes(("DSSEv1 " + typeBytes.length + " ").getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(typeBytes);
        out.writeBytes((" " + payload.length + " ").getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(payload);
        return out.toByteArray();
    }

    static boolean verifies(PublicKey key, String type, byte[] payload, byte[] signature) {
        try {
            Signature ed25519 = Signature.getInstance("Ed25519");
            ed25519.initVerify(key);
            ed25519.update(preAuthentication(type, payload));
            return ed25519.verify(signature);
        } catch (GeneralSecurityException e) {
            return false; // a signature or key of the wrong form is a wrong signature
        }
    }
}
