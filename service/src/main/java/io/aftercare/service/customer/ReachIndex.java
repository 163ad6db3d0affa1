package io.aftercare.service.customer;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jdbi.v3.core.Handle;

/// Finds customers by phone or e-mail through hashes with a secret of this installation (HMAC-SHA-256, RFC 2104), so that
/// a list of hashes tells nobody's number. Works in the caller's transaction.
final class ReachIndex {
    private static final String ALGORITHM = "HmacSHA256";

    private ReachIndex() {}

    /// Keeps everybody else from looking for, or adding, any of these until the transaction ends. Always in one order.
    static void lock(Handle handle, List<Reach> reaches) {
        reaches.stream().map(Reach::text).sorted()
                .forEach(text -> handle
                        .createQuery("SELECT pg_advisory_xact_lock(hashtextextended(:hash, 60))::text")
                        .bind("hash", HexFormat.of().formatHex(hash(handle, text))).mapTo(String.class)
                        .one());
    }

    static Optional<String> find(Handle handle, Reach reach) {
        return handle.createQuery("SELECT customer FROM service.customer_reach WHERE hash = :hash")
                .bind("hash", hash(handle, reach.text())).mapTo(String.class).findOne();
    }

    /// Says whose it is, where nobody's it was.
    static void add(Handle handle, Reach reach, String customer) {
        handle.createUpdate("""
                INSERT INTO service.customer_reach (hash, customer) VALUES (:hash, :customer)
                ON CONFLICT (hash) DO NOTHING""").bind("hash", hash(handle, reach.text()))
                .bind("customer", customer).execute();
    }

    static void forget(Handle handle, String customer) {
        handle.createUpdate("DELETE FROM service.customer_reach WHERE customer = :customer")
                .bind("customer", customer).execute();
    }

    private static byte[] hash(Handle handle, String text) {
        byte[] secret = handle.createQuery("SELECT secret FROM service.customer_key").mapTo(byte[].class)
                .one();
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has " + ALGORITHM, e);
        }
    }
}
