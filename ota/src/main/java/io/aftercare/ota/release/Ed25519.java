package io.aftercare.ota.release;

import java.util.Arrays;
import io.aftercare.fleet.digest.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;

/// Ed25519 (RFC 8032) keys as PEM text (RFC 7468), with the JDK's own implementation.
final class Ed25519 {
    private static final String PUBLIC = "PUBLIC KEY";
    private static final String PRIVATE = "PRIVATE KEY";
    // SubjectPublicKeyInfo of an Ed25519 key: this prefix and 32 bytes (RFC 8410, section 4)
    private static final byte[] SPKI_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");
    private static final int SPKI_BYTES = 44;

    private Ed25519() {}

    /// A public key from SPKI PEM; any other kind of key is refused.
    static PublicKey publicKey(String pem) {
        byte[] der = der(pem, PUBLIC);
        boolean ed25519 = der.length == SPKI_BYTES && Arrays.equals(der, 0, SPKI_PREFIX.length,
                SPKI_PREFIX, 0, SPKI_PREFIX.length);
        if (!ed25519) {
            throw Refused.malformed("The public key is not an Ed25519 key in SPKI form; make one with"
                    + " `keygen`, or with openssl genpkey -algorithm ed25519");
        }
        try {
            return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(der));
        } catch (GeneralSecurityException e) {
            throw Refused.malformed("The public key is not a point of Ed25519: " + e.getMessage());
        }
    }

    /// A private key from PKCS 8 PEM.
    static PrivateKey privateKey(String pem) {
        byte[] der = der(pem, PRIVATE);
        try {
            return KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(der));
        } catch (GeneralSecurityException e) {
            throw Refused
                    .malformed("The private key is not an Ed25519 key in PKCS 8 form: " + e.getMessage());
        }
    }

    static KeyPair generate() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static String pem(PublicKey key) {
        return pem(PUBLIC, key.getEncoded());
    }

    static String pem(PrivateKey key) {
        return pem(PRIVATE, key.getEncoded());
    }

    static byte[] sign(PrivateKey key, byte[] message) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(key);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static boolean verifies(PublicKey key, byte[] message, byte[] sig) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initVerify(key);
            signature.update(message);
            return signature.verify(sig);
        } catch (SignatureException e) {
            return false; // not even the shape of a signature
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// SHA-256 of the key's SPKI form, in hexadecimal.
    static String fingerprint(PublicKey key) {
        return Sha256.hex(key.getEncoded());
    }

    private static String pem(String label, byte[] der) {
        String lines = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(der);
        return "-----BEGIN " + label + "-----\n" + lines + "\n-----END " + label + "-----\n";
    }

    private static byte[] der(String pem, String label) {
        String begin = "-----BEGIN " + label + "-----";
        String end = "-----END " + label + "-----";
        int from = pem.indexOf(begin);
        int to = pem.indexOf(end);
        if (from < 0 || to < from) {
            throw Refused.malformed("There is no PEM block \"" + label + "\" here");
        }
        try {
            return Base64.getDecoder().decode(pem.substring(from + begin.length(), to).replaceAll("\\s", ""));
        } catch (IllegalArgumentException e) {
            throw Refused.malformed("The PEM block \"" + label + "\" is not Base64: " + e.getMessage());
        }
    }
}
