package io.aftercare.service.mail;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Letters that came in, in the database. Works in the caller's transaction.
final class MailStore {
    private MailStore() {}

    /// What became of a letter.
    ///
    /// @param raw     its bytes where it could not be read as a whole, or has files
    /// @param pending whether its files are still to be kept
    record Entry(byte[] fingerprint, @Nullable String messageId, String sender, Instant receivedAt,
            String outcome, String reason, @Nullable Long ticket, byte @Nullable [] raw, boolean pending) {}

    /// A letter whose files are still to be kept.
    record Pending(long id, long ticket, byte[] raw) {}

    /// Keeps everybody else from taking the same letter until the transaction ends.
    ///
    /// @return whether it is new
    static boolean isNew(Handle handle, byte[] fingerprint) {
        handle.createQuery("SELECT pg_advisory_xact_lock(hashtextextended(encode(:print, 'hex'), 9))::text")
                .bind("print", fingerprint).mapTo(String.class).one();
        return handle.createQuery("SELECT count(*) FROM service.mail_in WHERE fingerprint = :print")
                .bind("print", fingerprint).mapTo(Integer.class).one() == 0;
    }

    static void add(Handle handle, Entry entry) {
        handle.createUpdate("""
                INSERT INTO service.mail_in (fingerprint, message_id, sender, received_at, outcome, reason,
                    ticket, raw, pending)
                VALUES (:print, :messageId, :sender, :at, :outcome, :reason, :ticket, :raw, :pending)""")
                .bind("print", entry.fingerprint()).bind("messageId", entry.messageId())
                .bind("sender", entry.sender()).bind("at", entry.receivedAt())
                .bind("outcome", entry.outcome()).bind("reason", entry.reason())
                .bind("ticket", entry.ticket()).bind("raw", entry.raw())
                .bind("pending", entry.pending()).execute();
    }

    static List<Pending> pending(Handle handle) {
        return handle.createQuery("""
                SELECT id, ticket, raw FROM service.mail_in WHERE pending ORDER BY id LIMIT 5""")
                .map((row, _) -> new Pending(row.getLong(1), row.getLong(2), row.getBytes(3))).list();
    }

    /// The bytes of a letter that was read as a whole are not needed any more.
    static void filesKept(Handle handle, long id, String troubles) {
        handle.createUpdate(
                """
                        UPDATE service.mail_in SET pending = false, reason = concat_ws('; ', nullif(reason, ''),
                            nullif(:troubles, '')), raw = CASE WHEN reason = '' AND :troubles = '' THEN NULL ELSE raw END
                        WHERE id = :id""")
                .bind("troubles", troubles).bind("id", id).execute();
    }

    /// The Message-ID of the customer's last letter about a case.
    static Optional<String> lastOf(Handle handle, long ticket) {
        return handle.createQuery("""
                SELECT message_id FROM service.mail_in WHERE ticket = :ticket AND message_id IS NOT NULL
                ORDER BY id DESC LIMIT 1""").bind("ticket", ticket).mapTo(String.class).findOne();
    }

    static int sentSince(Handle handle, String sender, Instant since) {
        return handle.createQuery("""
                SELECT count(*) FROM service.mail_in WHERE sender = :sender AND received_at > :since""")
                .bind("sender", sender).bind("since", since).mapTo(Integer.class).one();
    }

    /// The newest case that a letter of this sender opened or answered since then.
    static Optional<Long> caseSince(Handle handle, String sender, Instant since) {
        return handle.createQuery("""
                SELECT ticket FROM service.mail_in
                WHERE sender = :sender AND received_at > :since AND ticket IS NOT NULL
                ORDER BY id DESC LIMIT 1""").bind("sender", sender).bind("since", since).mapTo(Long.class)
                .findOne();
    }

    /// The device of somebody who has, or had, cases with one device alone.
    static Optional<String> deviceOf(Handle handle, String email) {
        return handle.createQuery("""
                SELECT min(t.device) FROM service.ticket t JOIN service.contact c ON c.id = t.contact
                WHERE lower(c.email) = :email AND t.device IS NOT NULL
                HAVING count(DISTINCT t.device) = 1""").bind("email", email).mapTo(String.class).findOne();
    }

    /// The last letter of a mailbox that was taken; 0 where it begins anew.
    static long lastUid(Handle handle, String box, long validity) {
        return handle.createQuery("""
                SELECT last_uid FROM service.mail_box WHERE name = :box AND validity = :validity""")
                .bind("box", box).bind("validity", validity).mapTo(Long.class).findOne().orElse(0L);
    }

    static void read(Handle handle, String box, long validity, long uid) {
        handle.createUpdate("""
                INSERT INTO service.mail_box AS old (name, validity, last_uid) VALUES (:box, :validity, :uid)
                ON CONFLICT (name) DO UPDATE SET validity = excluded.validity, last_uid = CASE
                    WHEN old.validity = excluded.validity THEN greatest(old.last_uid, excluded.last_uid)
                    ELSE excluded.last_uid END""").bind("box", box).bind("validity", validity)
                .bind("uid", uid).execute();
    }
}
