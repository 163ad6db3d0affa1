package io.aftercare.service.mail;

import io.aftercare.fleet.background.BackgroundLoop;
import io.aftercare.fleet.postgres.Database;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Header;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.UIDFolder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Enumeration;
import java.util.Locale;
import java.util.Properties;
import org.eclipse.angus.mail.imap.IMAPFolder;
import org.eclipse.angus.mail.imap.IMAPMessage;
import org.eclipse.angus.mail.imap.IMAPStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Fetches letters by IMAP, each once: how far the mailbox was read stands in the database, in the transaction of the
/// letter. Where the server begins to count anew (UIDVALIDITY), letters are known by what is in them. A letter that
/// cannot be taken in is set aside and holds up no other; a server that does not answer is asked again at the next look.
final class Mailbox implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Mailbox.class);
    static final int LETTER_BYTES_MAX = 25 << 20;
    private static final int BATCH_MAX = 50;

    private final MailServer server;
    private final Reception reception;
    private final Database database;
    private final BackgroundLoop loop;
    private final IdleWatch watch;
    private final String box;

    Mailbox(MailServer server, MailConfig config, Reception reception, Database database) {
        this.server = server;
        this.reception = reception;
        this.database = database;
        this.box = server.user() + "@" + server.host() + "/INBOX";
        this.loop = new BackgroundLoop("mailbox", config.every(), this::look);
        this.watch = new IdleWatch(server, config.every(), loop::wake);
    }

    void start() {
        loop.start();
        watch.start();
    }

    private boolean look() {
        boolean more = fetchAll();
        reception.keepFiles();
        return more;
    }

    private boolean fetchAll() {
        try (IMAPStore store = connect(server, server.properties())) {
            try (IMAPFolder inbox = (IMAPFolder) store.getFolder("INBOX")) {
                inbox.open(Folder.READ_WRITE);
                return fetch(inbox);
            }
        } catch (MessagingException | IOException e) {
            throw new IllegalStateException("The mailbox " + server + " cannot be read: " + e.getMessage(),
                    e);
        }
    }

    static IMAPStore connect(MailServer server, Properties properties) throws MessagingException {
        IMAPStore store = (IMAPStore) Session.getInstance(properties).getStore(server.protocol());
        store.connect(server.host(), server.port(), server.user(), server.password());
        return store;
    }

    private boolean fetch(IMAPFolder inbox) throws MessagingException, IOException {
        long validity = inbox.getUIDValidity();
        long last = database.jdbi().withHandle(handle -> MailStore.lastUid(handle, box, validity));
        int taken = 0;
        for (Message message : inbox.getMessagesByUID(last + 1, UIDFolder.LASTUID)) {
            long uid = inbox.getUID(message);
            if (uid > last) { // the last one is always among those that the server names
                take((IMAPMessage) message, validity, uid);
                if (++taken == BATCH_MAX || loop.isClosing()) {
                    return !loop.isClosing();
                }
            }
        }
        return false;
    }

    private void take(IMAPMessage message, long validity, long uid) throws MessagingException, IOException {
        message.setPeek(true);
        byte[] raw = message.getSize() > LETTER_BYTES_MAX ? head(message) : whole(message);
        IncomingMail mail = MailParser.parse(raw);
        try {
            database.useTransaction(handle -> {
                reception.receive(handle, mail, raw);
                MailStore.read(handle, box, validity, uid);
            });
        } catch (RuntimeException e) {
            if (!database.answers()) {
                throw e; // not the letter's fault: it waits with all the others
            }
            LOG.error("Letter {} of {} cannot be taken in and is set aside", uid, box, e);
            database.useTransaction(handle -> {
                reception.setAside(handle, raw, "it cannot be taken in: " + e.getMessage());
                MailStore.read(handle, box, validity, uid);
            });
        }
        message.setFlag(Flags.Flag.SEEN, true);
    }

    private static byte[] whole(IMAPMessage message) throws MessagingException, IOException {
        Bounded out = new Bounded();
        try {
            message.writeTo(out);
        } catch (TooLong e) {
            return head(message);
        }
        return out.toByteArray();
    }

    /// Of a letter that is too long: its head, and a word instead of the rest.
    private static byte[] head(IMAPMessage message) throws MessagingException {
        StringBuilder text = new StringBuilder();
        Enumeration<Header> headers = message.getAllHeaders();
        while (headers.hasMoreElements()) {
            Header header = headers.nextElement();
            if (!header.getName().toLowerCase(Locale.ROOT).startsWith("content-")) {
                text.append(header.getName()).append(": ").append(header.getValue()).append("\r\n");
            }
        }
        text.append("\r\n(The letter has ").append(message.getSize())
                .append(" bytes, more than are fetched; it is in the mailbox.)\r\n");
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /// Ends after the letter in work.
    @Override
    public void close() {
        watch.close();
        loop.close();
    }

    private static final class TooLong extends IOException {
        TooLong() {
            super("longer than " + LETTER_BYTES_MAX + " bytes");
        }
    }

    private static final class Bounded extends ByteArrayOutputStream {
        private void check(int more) throws TooLong {
            if (size() + more > LETTER_BYTES_MAX) {
                throw new TooLong();
            }
        }

        @Override
        public void write(byte[] bytes) throws IOException {
            check(bytes.length);
            super.write(bytes, 0, bytes.length);
        }
    }
}
