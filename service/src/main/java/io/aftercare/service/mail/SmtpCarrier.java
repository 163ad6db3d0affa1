package io.aftercare.service.mail;

import io.aftercare.fleet.postgres.Database;
import io.aftercare.service.notice.Carrier;
import io.aftercare.service.notice.Letter;
import jakarta.mail.Address;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.jspecify.annotations.Nullable;

/// Hands letters over by SMTP, each on a connection of its own. Thread-safe.
public final class SmtpCarrier implements Carrier {
    private static final int UTF8_LINE_MAX = 998;
    private final MailServer server;
    private final String from;
    private final MessageIds ids;
    private final Session session;
    private final Database database;
    private final InstantSource clock;

    public SmtpCarrier(MailServer server, MailConfig config, Database database, InstantSource clock) {
        this.server = server;
        this.from = config.from();
        this.ids = new MessageIds(config.domain());
        this.session = Session.getInstance(server.properties());
        this.database = database;
        this.clock = clock;
    }

    @Override
    public boolean isReady() {
        return true;
    }

    @Override
    public Carried carry(Letter letter) {
        InternetAddress to;
        try {
            to = new InternetAddress(letter.to(), true);
        } catch (AddressException e) {
            return new Carried.Refused("the address is not one: " + e.getMessage());
        }
        try (Transport transport = session.getTransport(server.protocol())) {
            MimeMessage message = message(letter, to);
            transport.connect(server.host(), server.port(), server.user().isEmpty() ? null : server.user(),
                    server.user().isEmpty() ? null : server.password());
            transport.sendMessage(message, new Address[]{to});
            return new Carried.Sent();
        } catch (MessagingException e) {
            String why = oneLine(e);
            return isFinal(e) ? new Carried.Refused(why) : new Carried.Later(why);
        }
    }

    private MimeMessage message(Letter letter, InternetAddress to) throws MessagingException {
        Long ticket = letter.ticket();
        String topic = ticket == null ? "staff" : MessageIds.topic(ticket);
        MimeMessage message = new Fixed(session, ids.of(letter.notice(), topic));
        message.setFrom(new InternetAddress(from));
        message.setRecipient(Message.RecipientType.TO, to);
        message.setSubject(letter.subject(), "UTF-8");
        message.setSentDate(Date.from(clock.instant()));
        message.setHeader("Content-Language", letter.language().text());
        if (letter.automatic()) {
            message.setHeader("Auto-Submitted", "auto-generated"); // RFC 3834
        }
        if (ticket != null) {
            Optional<String> last = database.jdbi().withHandle(handle -> MailStore.lastOf(handle, ticket));
            List<String> references = new ArrayList<>(List.of(ids.root(ticket)));
            last.ifPresent(references::add);
            message.setHeader("In-Reply-To", references.getLast());
            message.setHeader("References", String.join("\r\n ", references));
        }
        MimeMultipart both = new MimeMultipart("alternative");
        both.addBodyPart(part(letter.text(), "plain"));
        both.addBodyPart(part(HtmlLetter.of(letter.text(), letter.language()), "html"));
        message.setContent(both);
        message.saveChanges();
        return message;
    }

    private static MimeBodyPart part(String text, String type) throws MessagingException {
        MimeBodyPart part = new MimeBodyPart();
        part.setText(text, "UTF-8", type);
        boolean plain = text.lines().allMatch(line -> line.length() < UTF8_LINE_MAX
                && StandardCharsets.US_ASCII.newEncoder().canEncode(line));
        part.setHeader("Content-Transfer-Encoding", plain ? "7bit" : "base64");
        return part;
    }

    /// Whether the server said no for good (a 5xx), and not only now.
    private static boolean isFinal(MessagingException e) {
        for (@Nullable
        Exception cause = e; cause != null; cause = next(cause)) {
            int code = switch (cause) {
                case SMTPAddressFailedException address -> address.getReturnCode();
                case SMTPSendFailedException send -> send.getReturnCode();
                default -> 0;
            };
            if (code >= 500) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable Exception next(Exception e) {
        return e instanceof MessagingException mail ? mail.getNextException() : null;
    }

    private static String oneLine(MessagingException e) {
        Exception cause = e.getNextException() == null ? e : e.getNextException();
        String text = String.valueOf(cause.getMessage()).replaceAll("\\s+", " ").strip();
        return text.length() > 300 ? text.substring(0, 300) : text;
    }

    /// A message that keeps its Message-ID, so that one sent again after a crash is the same letter.
    private static final class Fixed extends MimeMessage {
        private final String id;

        Fixed(Session session, String id) {
            super(session);
            this.id = id;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", id);
        }
    }
}
