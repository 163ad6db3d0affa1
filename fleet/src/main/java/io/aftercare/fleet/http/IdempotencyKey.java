package io.aftercare.fleet.http;

import io.aftercare.fleet.digest.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.List;
import java.util.TreeMap;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// One `Idempotency-Key` of one sender: the hash that finds it, the fingerprint of the request that used it, and the secret
/// (AES-256-GCM) under which the answer lies. All three are derived from the key, which is kept nowhere.
record IdempotencyKey(String sender, byte[] hash, byte[] fingerprint, byte[] secret) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    /// A body that is read piece by piece is known by its length alone: who sends a form again, sends it with other borders.
    static IdempotencyKey of(Request request, String operation, String key) {
        String sender = request.principal().name();
        StringBuilder query = new StringBuilder();
        request.query().forEach(entry -> query.append(entry.getKey()).append('=').append(entry.getValue())
                .append('\n'));
        byte[] what = digest("request", sender, key, operation, new TreeMap<>(request.path()).toString(),
                query.toString(), request.header("If-Match").orElse(""),
                request.body().length == 0 ? request.header("Content-Length").orElse("") : "");
        MessageDigest whole = Sha256.digest();
        whole.update(what);
        return new IdempotencyKey(sender, digest("key", sender, key), whole.digest(request.body()),
                digest("answer", sender, key));
    }

    byte[] seal(String text) {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        byte[] sealed = crypt(Cipher.ENCRYPT_MODE, nonce, text.getBytes(StandardCharsets.UTF_8));
        return ByteBuffer.allocate(NONCE_BYTES + sealed.length).put(nonce).put(sealed).array();
    }

    String open(byte[] sealed) {
        ByteBuffer buffer = ByteBuffer.wrap(sealed);
        byte[] nonce = new byte[NONCE_BYTES];
        buffer.get(nonce);
        byte[] rest = new byte[buffer.remaining()];
        buffer.get(rest);
        return new String(crypt(Cipher.DECRYPT_MODE, nonce, rest), StandardCharsets.UTF_8);
    }

    private byte[] crypt(int mode, byte[] nonce, byte[] bytes) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, new SecretKeySpec(secret, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
            return cipher.doFinal(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A kept answer cannot be read: it was changed in the database",
                    e);
        }
    }

    // Each part with its length, so that no two lists of parts read alike.
    private static byte[] digest(String... parts) {
        MessageDigest digest = Sha256.digest();
        for (String part : List.of(parts)) {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            digest.update(ByteBuffer.allocate(4).putInt(bytes.length).flip());
            digest.update(bytes);
        }
        return digest.digest();
    }
}
