package io.aftercare.ota.release;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// The weak hashes of an artifact, because hawkBit's protocol names files by them. They protect nothing here: what counts is
/// the signed SHA-256. Both in lower-case hexadecimal.
public record Digests(String sha1, String md5) {

    /// Computes both while bytes pass by on their way somewhere else. For one thread.
    static final class Tap {
        private final MessageDigest sha1 = digest("SHA-1");
        private final MessageDigest md5 = digest("MD5");

        void update(byte[] bytes, int length) {
            sha1.update(bytes, 0, length);
            md5.update(bytes, 0, length);
        }

        Digests done() {
            return new Digests(HexFormat.of().formatHex(sha1.digest()),
                    HexFormat.of().formatHex(md5.digest()));
        }
    }

    /// Reads all of `in`; closing it is the caller's affair.
    static Digests of(InputStream in) throws IOException {
        Tap tap = new Tap();
        OutputStream both = new DigestOutputStream(
                new DigestOutputStream(OutputStream.nullOutputStream(), tap.sha1), tap.md5);
        in.transferTo(both);
        return tap.done();
    }

    private static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has " + algorithm, e);
        }
    }
}
