package io.aftercare.service.mail;

import io.aftercare.fleet.background.BackgroundLoop;
import jakarta.mail.Folder;
import jakarta.mail.MessagingException;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.angus.mail.imap.IMAPFolder;
import org.eclipse.angus.mail.imap.IMAPStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hears of new letters at once where the server can tell (IMAP IDLE, RFC 2177), on a connection of its own. Where it cannot, or the
/// connection breaks, the mailbox is looked into at its interval all the same.
final class IdleWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(IdleWatch.class);
    /// Shorter than the half hour after which servers end an idle connection.
    private static final Duration QUIET_MAX = Duration.ofMinutes(25);

    private final MailServer server;
    private final Runnable heard;
    private final BackgroundLoop loop;
    private final AtomicReference<@Nullable IMAPStore> open = new AtomicReference<>();
    private final AtomicBoolean closing = new AtomicBoolean();

    IdleWatch(MailServer server, Duration every, Runnable heard) {
        this.server = server;
        this.heard = heard;
        this.loop = BackgroundLoop.every(every, "mailbox-idle", this::watch);
    }

    void start() {
        loop.start();
    }

    private void watch() {
        Properties properties = server.properties();
        properties.setProperty("mail." + server.protocol() + ".timeout", Long.toString(QUIET_MAX.toMillis()));
        try (IMAPStore store = Mailbox.connect(server, properties)) {
            open.set(store);
            if (!store.hasCapability("IDLE")) {
                return;
            }
            try (IMAPFolder inbox = (IMAPFolder) store.getFolder("INBOX")) {
                inbox.open(Folder.READ_ONLY);
                while (!closing.get()) {
                    inbox.idle(true);
                    heard.run();
                }
            }
        } catch (MessagingException | IllegalStateException e) { // the folder may be closed under it
            LOG.debug("Waiting for letters of {} ended: {}", server, e.toString());
        } finally {
            open.set(null);
        }
    }

    /// Ends the waiting connection, and so the waiting.
    @Override
    public void close() {
        closing.set(true);
        IMAPStore store = open.get();
        if (store != null) {
            try {
                store.close();
            } catch (MessagingException e) {
                LOG.debug("{} was closed already", server, e);
            }
        }
        loop.close();
    }
}
