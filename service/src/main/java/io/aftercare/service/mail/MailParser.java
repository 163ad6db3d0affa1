package io.aftercare.service.mail;

import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeUtility;
import jakarta.mail.internet.ParseException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UnsupportedEncodingException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/// Reads a letter (RFC 5322, MIME) as far as it can be read. Whatever the bytes are, it ends in time and memory in
/// proportion to them, and says what it could not read; it throws nothing. Used once, by one thread.
final class MailParser {
    static final int DEPTH_MAX = 10;
    static final int PARTS_MAX = 100;
    static final int FILES_MAX = 20;
    static final int FILES_BYTES_MAX = 20 << 20;
    private static final int TEXT_BYTES_MAX = 1 << 20;
    private static final int BOUNDARIES_MAX = 2000;
    private static final Session SESSION = Session.getInstance(new Properties());

    private final List<String> troubles = new ArrayList<>();
    private final List<IncomingMail.Attached> files = new ArrayList<>();
    private final StringBuilder plain = new StringBuilder();
    private final StringBuilder html = new StringBuilder();
    private int parts;
    private int fileBytes;

    private MailParser() {}

    static IncomingMail parse(byte[] raw) {
        return new MailParser().read(raw);
    }

    private IncomingMail read(byte[] raw) {
        MimeMessage message;
        try {
            message = new MimeMessage(SESSION, new ByteArrayInputStream(raw));
        } catch (MessagingException | RuntimeException e) {
            return new IncomingMail(null, "", "", "", printable(raw), List.of(), List.of(), false,
                    List.of("the letter's head cannot be read: " + e.getMessage()), null);
        }
        if (boundaries(raw) > BOUNDARIES_MAX) {
            troubles.add("the letter has more than " + BOUNDARIES_MAX + " parts");
        } else {
            walk(message, 0);
        }
        InternetAddress sender = sender(message);
        List<String> references = new ArrayList<>(MessageIds.in(header(message, "References")));
        MessageIds.in(header(message, "In-Reply-To")).stream().filter(id -> !references.contains(id))
                .forEach(references::add);
        List<String> ids = MessageIds.in(header(message, "Message-ID"));
        return new IncomingMail(ids.isEmpty() ? null : ids.getFirst(), address(sender), name(sender),
                bounded(header(message, "Subject").replaceAll("\\s+", " "), IncomingMail.SUBJECT_MAX),
                text(), references, files, isAutomatic(message), troubles, date(message));
    }

    // Lines that may begin a part; looked at before MIME is, which would make an object of each.
    private static int boundaries(byte[] raw) {
        int count = 0;
        for (int i = 0; i + 2 < raw.length; i++) {
            if (raw[i] == '\n' && raw[i + 1] == '-' && raw[i + 2] == '-') {
                count++;
            }
        }
        return count;
    }

    private String text() {
        String whole = plain.toString().isBlank() ? HtmlText.of(html.toString()) : plain.toString();
        return bounded(Answer.of(clean(whole)), IncomingMail.TEXT_MAX);
    }

    private void walk(Part part, int depth) {
        if (depth > DEPTH_MAX || ++parts > PARTS_MAX) {
            troubles.add(depth > DEPTH_MAX
                    ? "parts within parts, deeper than " + DEPTH_MAX
                    : "more than " + PARTS_MAX + " parts");
            return;
        }
        try {
            String type = type(part);
            if (type.startsWith("multipart/") && part.getContent() instanceof Multipart multipart) {
                walk(multipart, depth);
            } else if (isText(part, type)) {
                (type.equals("text/html") ? html : plain).append(text(part)).append('\n');
            } else {
                file(part, type);
            }
        } catch (MessagingException | IOException | RuntimeException e) {
            troubles.add("a part cannot be read: " + e.getMessage());
        }
    }

    private void walk(Multipart multipart, int depth) throws MessagingException {
        int count = multipart.getCount();
        for (int i = 0; i < count && parts <= PARTS_MAX; i++) {
            BodyPart inner = multipart.getBodyPart(i);
            walk(inner, depth + 1);
        }
    }

    private static String type(Part part) {
        try {
            String type = part.getContentType();
            return type == null
                    ? "text/plain"
                    : new ContentType(type).getBaseType().toLowerCase(Locale.ROOT);
        } catch (MessagingException e) {
            return "text/plain"; // RFC 2045, 5.2: what cannot be understood is taken for plain text
        }
    }

    private static boolean isText(Part part, String type) throws MessagingException {
        return (type.equals("text/plain") || type.equals("text/html"))
                && !Part.ATTACHMENT.equalsIgnoreCase(part.getDisposition());
    }

    private String text(Part part) throws MessagingException, IOException {
        byte[] bytes = bytes(part, TEXT_BYTES_MAX);
        return new String(bytes, charset(part, bytes));
    }

    private Charset charset(Part part, byte[] bytes) throws MessagingException {
        try {
            String named = part.getContentType() == null
                    ? null
                    : new ContentType(part.getContentType()).getParameter("charset");
            if (named != null) {
                return Charset.forName(MimeUtility.javaCharset(named));
            }
        } catch (ParseException | IllegalCharsetNameException | UnsupportedCharsetException e) {
            troubles.add("unknown character set: " + e.getMessage());
        }
        return isUtf8(bytes) ? StandardCharsets.UTF_8 : Charset.forName("GB18030");
    }

    private static boolean isUtf8(byte[] bytes) {
        try {
            var _ = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false; // the answer that was asked for
        }
    }

    private void file(Part part, String type) throws MessagingException, IOException {
        if (files.size() == FILES_MAX) {
            troubles.add("more than " + FILES_MAX + " files; the others are left out");
            return;
        }
        byte[] bytes = bytes(part, FILES_BYTES_MAX - fileBytes + 1);
        if (fileBytes + bytes.length > FILES_BYTES_MAX) {
            troubles.add("files of more than " + (FILES_BYTES_MAX >> 20) + " MiB; one is left out");
            return;
        }
        fileBytes += bytes.length;
        String name = part.getFileName();
        files.add(new IncomingMail.Attached(
                bounded(clean(decoded(name == null ? "file" : name)).replaceAll("[/\\\\\\n]", "_"), 200),
                type,
                bytes));
    }

    // In an encoding that is none the bytes are taken as they are.
    private byte[] bytes(Part part, int max) throws MessagingException, IOException {
        try (InputStream in = part.getInputStream()) {
            return in.readNBytes(max);
        } catch (MessagingException | IOException e) {
            troubles.add("a part's encoding cannot be read: " + e.getMessage());
            try (InputStream in = part instanceof MimeBodyPart body
                    ? body.getRawInputStream()
                    : ((MimeMessage) part).getRawInputStream()) {
                return in.readNBytes(max);
            }
        }
    }

    private @Nullable InternetAddress sender(MimeMessage message) {
        for (String name : List.of("From", "Sender")) {
            try {
                InternetAddress[] all = InternetAddress.parseHeader(header(message, name), false);
                if (all.length > 0 && all[0].getAddress() != null && all[0].getAddress().contains("@")) {
                    return all[0];
                }
            } catch (AddressException e) {
                troubles.add(name + " is no address: " + e.getMessage());
            }
        }
        return null;
    }

    private static String address(@Nullable InternetAddress sender) {
        return sender == null ? "" : bounded(clean(sender.getAddress()).toLowerCase(Locale.ROOT), 254);
    }

    private static String name(@Nullable InternetAddress sender) {
        return sender == null || sender.getPersonal() == null
                ? ""
                : bounded(clean(sender.getPersonal()), 200);
    }

    /// By RFC 3834 and what programs do beside it.
    private static boolean isAutomatic(MimeMessage message) {
        String submitted = header(message, "Auto-Submitted").toLowerCase(Locale.ROOT).strip();
        String precedence = header(message, "Precedence").toLowerCase(Locale.ROOT).strip();
        String type = header(message, "Content-Type").toLowerCase(Locale.ROOT).strip();
        return !submitted.isEmpty() && !submitted.startsWith("no")
                || List.of("bulk", "junk", "list", "auto_reply").contains(precedence)
                || !header(message, "List-Id").isEmpty() || !header(message, "X-Autoreply").isEmpty()
                || header(message, "Return-Path").strip().equals("<>")
                || type.startsWith("multipart/report");
    }

    private static @Nullable Instant date(MimeMessage message) {
        try {
            Date date = message.getSentDate();
            return date == null ? null : date.toInstant();
        } catch (MessagingException e) {
            return null; // not told
        }
    }

    private static String header(MimeMessage message, String name) {
        try {
            String[] values = message.getHeader(name);
            return values == null || values.length == 0 ? "" : clean(decoded(MimeUtility.unfold(values[0])));
        } catch (MessagingException e) {
            return ""; // a header that cannot be read says nothing
        }
    }

    private static String decoded(String text) {
        try {
            return MimeUtility.decodeText(plain(text));
        } catch (UnsupportedEncodingException | RuntimeException e) {
            return text; // shown as it stands
        }
    }

    // Bytes that stand in a header as they are (RFC 6532, or against all rules) come as ISO 8859-1.
    private static String plain(String text) {
        if (text.chars().noneMatch(c -> c >= 0x80) || text.chars().anyMatch(c -> c > 0xff)) {
            return text;
        }
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return new String(bytes, isUtf8(bytes) ? StandardCharsets.UTF_8 : Charset.forName("GB18030"));
    }

    /// Without what no page can show and no database keeps.
    private static String clean(String text) {
        return text.replace("\r\n", "\n").replace('\r', '\n').replaceAll("[\\x00-\\x08\\x0B-\\x1F\\x7F]", "");
    }

    private static String printable(byte[] raw) {
        return bounded(clean(new String(raw, 0, Math.min(raw.length, 8192), StandardCharsets.UTF_8)), 8192);
    }

    private static String bounded(String text, int max) {
        if (text.length() <= max) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(max - 1)) ? max - 1 : max;
        return text.substring(0, end);
    }
}
