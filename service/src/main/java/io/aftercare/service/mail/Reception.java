package io.aftercare.service.mail;

import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.digest.Sha256;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.postgres.Outbox;
import io.aftercare.service.DeskGround;
import io.aftercare.service.customer.Contact;
import io.aftercare.service.customer.Contacts;
import io.aftercare.service.ticket.Actor;
import io.aftercare.service.ticket.Cases;
import io.aftercare.service.ticket.Classification;
import io.aftercare.service.ticket.Intake;
import io.aftercare.service.ticket.NewCase;
import io.aftercare.service.ticket.Note;
import io.aftercare.service.ticket.Origin;
import io.aftercare.service.ticket.Ticket;
import io.aftercare.service.ticket.TicketState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Takes letters in: each once, each into a case or, where a machine wrote it, into the list of letters alone. Works in the
/// caller's transaction, so a letter and what it did are there together or not at all.
final class Reception {
    private static final Pattern NUMBER = Pattern.compile("\\[T-0*(\\d{1,18})]");
    private static final Pattern ADDRESS = Pattern.compile("[^@\\s]+@[^@\\s]+");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final int TITLE_MAX = 200;
    private static final int SYMPTOM_MAX = 4000;

    private final DeskGround ground;
    private final Cases cases;
    private final MailFiles files;
    private final MessageIds ids;
    private final String own;

    Reception(DeskGround ground, Cases cases, MailFiles files, MailConfig config) {
        this.ground = ground;
        this.cases = cases;
        this.files = files;
        this.ids = new MessageIds(config.domain());
        this.own = config.from().toLowerCase(Locale.ROOT);
    }

    /// Takes a letter in, unless it was taken before.
    ///
    /// @param raw its bytes as they came
    void receive(Handle handle, IncomingMail mail, byte[] raw) {
        byte[] print = fingerprint(mail, raw);
        if (!MailStore.isNew(handle, print)) {
            return;
        }
        Routing routing = Routing.of(facts(handle, mail));
        List<String> troubles = new ArrayList<>(mail.troubles());
        Long ticket = switch (routing) {
            case Routing.Open open -> open(handle, mail, open, troubles);
            case Routing.Answer answer -> answer(handle, mail, answer, troubles);
            case Routing.Noted noted -> note(handle, mail, noted);
            case Routing.Ignored _ -> null;
        };
        MailStore.add(handle, new MailStore.Entry(print, mail.messageId(), mail.sender(), ground.now(),
                outcome(routing), reason(routing, troubles), ticket,
                troubles.isEmpty() && mail.attachments().isEmpty() ? null : raw,
                ticket != null && !mail.attachments().isEmpty() && !(routing instanceof Routing.Noted)));
    }

    /// One that not even a case could be made of: kept as it is, and told.
    void setAside(Handle handle, byte[] raw, String why) {
        byte[] print = Sha256.of(raw);
        if (MailStore.isNew(handle, print)) {
            MailStore.add(handle,
                    new MailStore.Entry(print, null, "", ground.now(), "ignored", why, null, raw,
                            false));
            warn(handle, "mail/aside/" + Sha256.hex(raw), null, why);
        }
    }

    private static byte[] fingerprint(IncomingMail mail, byte[] raw) {
        String id = mail.messageId();
        return id == null
                ? Sha256.of(raw)
                : Sha256.of(id + "\n" + mail.sender() + "\n" + mail.date() + "\n" + mail.subject());
    }

    private Routing.Facts facts(Handle handle, IncomingMail mail) {
        Optional<Ticket> named = ids.caseOf(mail.references()).or(() -> inSubject(mail.subject()))
                .flatMap(id -> cases.find(handle, id));
        boolean customer = named.map(ticket -> ticket.report().contact())
                .flatMap(contact -> Contacts.find(handle, contact)).map(Contact::email)
                .filter(email -> email.equalsIgnoreCase(mail.sender())).isPresent();
        boolean over = named.map(Ticket::state)
                .filter(state -> state == TicketState.CLOSED || state == TicketState.CANCELLED).isPresent();
        Instant since = ground.now().minus(HOUR);
        return new Routing.Facts(mail.sender().equals(own), mail.automatic(),
                named.map(Ticket::id).orElse(null), customer, over,
                mail.sender().isEmpty() ? 0 : MailStore.sentSince(handle, mail.sender(), since),
                MailStore.caseSince(handle, mail.sender(), since).orElse(null));
    }

    private static Optional<Long> inSubject(String subject) {
        Matcher matcher = NUMBER.matcher(subject);
        return matcher.find() ? Optional.of(Long.valueOf(matcher.group(1))) : Optional.empty();
    }

    private Long open(Handle handle, IncomingMail mail, Routing.Open open, List<String> troubles) {
        String words = mail.subject() + "\n" + mail.text();
        DeviceId device = device(handle, words, mail.sender());
        String told = device == null ? Serials.told(words).orElse("") : device.value();
        String text = mail.text();
        String title = mail.subject().isBlank()
                ? text.lines().findFirst().filter(line -> !line.isBlank()).orElse("(no subject)")
                : mail.subject();
        String email = ADDRESS.matcher(mail.sender()).matches() ? mail.sender() : null;
        Ticket ticket = cases.open(handle, new NewCase(device, cut(title.strip(), TITLE_MAX), "",
                cut(text, SYMPTOM_MAX), Origin.MAIL, Classification.NONE,
                new Intake(told, "", null, null, null, null, null),
                email == null ? null : new Contact(mail.senderName(), null, email)), Actor.SYSTEM);
        if (text.length() > SYMPTOM_MAX) {
            note(handle, ticket.id(), "The letter goes on: " + text.substring(SYMPTOM_MAX));
        }
        Long mentions = open.mentions();
        if (mentions != null) {
            note(handle, ticket.id(),
                    "The letter speaks of another case, T-%06d, which it does not belong to: it is over, or has another contact"
                            .formatted(mentions));
        }
        tellTroubles(handle, ticket.id(), troubles);
        return ticket.id();
    }

    private Long answer(Handle handle, IncomingMail mail, Routing.Answer answer, List<String> troubles) {
        Ticket ticket = cases.lock(handle, answer.ticket()).orElseThrow();
        cases.answered(handle, ticket, mail.text().isBlank() ? "(an empty letter)" : mail.text(),
                Actor.SYSTEM);
        tellTroubles(handle, ticket.id(), troubles);
        String owner = ticket.progress().owner();
        Outbox.append(handle, "notice.staff",
                "mail/answer/" + ticket.id() + "/" + ground.now().toEpochMilli(),
                Json.object().put("role", owner == null ? "coordinator" : null)
                        .put("template", "customer-wrote").put("ticket", Long.toString(ticket.id()))
                        .set("users", owner == null ? Json.array() : Json.array().add(owner)));
        return ticket.id();
    }

    private Long note(Handle handle, IncomingMail mail, Routing.Noted noted) {
        note(handle, noted.ticket(), noted.why() + ": " + cut(mail.subject() + "\n" + mail.text(), 2000));
        if (noted.flood()) {
            long hour = ground.now().getEpochSecond() / HOUR.toSeconds();
            warn(handle, "mail/flood/" + noted.ticket() + "/" + hour, noted.ticket(),
                    "more than " + Routing.HOURLY_MAX + " letters within an hour");
        }
        return noted.ticket();
    }

    private void tellTroubles(Handle handle, long ticket, List<String> troubles) {
        if (!troubles.isEmpty()) {
            note(handle, ticket, "Not all of the letter could be read: " + String.join("; ", troubles));
        }
    }

    /// Keeps the files of letters that were taken in, after the commit: they go to the disk. What is to be done stands in
    /// the database, and a file that is kept already is the same file; so a crash in between loses none.
    void keepFiles() {
        for (MailStore.Pending pending : ground.database().jdbi().withHandle(MailStore::pending)) {
            List<String> troubles = new ArrayList<>();
            for (IncomingMail.Attached file : MailParser.parse(pending.raw()).attachments()) {
                files.keep(pending.ticket(), file.name(), file.type(), file.bytes())
                        .ifPresent(why -> troubles.add("the file " + file.name() + " is not kept: " + why));
            }
            ground.database().useTransaction(handle -> {
                tellTroubles(handle, pending.ticket(), troubles);
                MailStore.filesKept(handle, pending.id(), String.join("; ", troubles));
            });
        }
    }

    /// The one device whose serial the letter has; else that of the sender's earlier cases, if it is one.
    private static @Nullable DeviceId device(Handle handle, String words, String sender) {
        List<String> known = handle.createQuery("SELECT id FROM fleet.device WHERE id = ANY(:words) LIMIT 2")
                .bind("words", Serials.words(words).toArray(String[]::new)).mapTo(String.class).list();
        Optional<String> one = known.size() == 1
                ? Optional.of(known.getFirst())
                : Optional.<String>empty();
        return one.or(() -> known.isEmpty() && Serials.told(words).isEmpty() && !sender.isEmpty()
                ? MailStore.deviceOf(handle, sender)
                : Optional.empty()).map(DeviceId::new).orElse(null);
    }

    private void note(Handle handle, long ticket, String text) {
        cases.note(handle, ticket, Actor.SYSTEM, new Note(ground.now(), "mail", text, null));
    }

    private static void warn(Handle handle, String key, @Nullable Long ticket, String why) {
        Outbox.append(handle, "notice.staff", key,
                Json.object().put("role", "coordinator").put("template", "mail-warning")
                        .put("ticket", ticket == null ? null : ticket.toString())
                        .set("params", Json.object().put("reason", why)));
    }

    private static String outcome(Routing routing) {
        return switch (routing) {
            case Routing.Open _ -> "opened";
            case Routing.Answer _ -> "answered";
            case Routing.Noted _ -> "noted";
            case Routing.Ignored _ -> "ignored";
        };
    }

    private static String reason(Routing routing, List<String> troubles) {
        return switch (routing) {
            case Routing.Open _, Routing.Answer _ -> String.join("; ", troubles);
            case Routing.Noted noted -> noted.why();
            case Routing.Ignored ignored -> ignored.why();
        };
    }

    private static String cut(String text, int max) {
        if (text.length() <= max) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(max - 1)) ? max - 1 : max);
    }
}
