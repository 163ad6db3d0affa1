package io.aftercare.service.notice;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.people.Principal;
import io.aftercare.fleet.postgres.Database;
import io.aftercare.fleet.postgres.Outbox;
import io.aftercare.service.DeskGround;
import io.aftercare.service.ticket.Actor;
import io.aftercare.service.ticket.Cases;
import io.aftercare.service.ticket.Note;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/// Sends what is due, one letter at a time. A letter is claimed in one transaction, sent outside of any, and ended in
/// another: killed in between, it is sent again with the same Message-ID.
final class Sender {
    static final String UNCONFIGURED = "no mail is configured";
    private static final Duration HOUR = Duration.ofHours(1);

    private final Database database;
    private final DeskGround ground;
    private final Cases cases;
    private final Writer writer;
    private final Carrier carrier;
    private final NoticeConfig config;

    private record Claimed(Notice notice, Writer.Written written) {}

    Sender(DeskGround ground, Cases cases, Writer writer, Carrier carrier, NoticeConfig config) {
        this.database = ground.database();
        this.ground = ground;
        this.cases = cases;
        this.writer = writer;
        this.carrier = carrier;
        this.config = config;
    }

    /// Lets wait no longer what waited for mail to be configured, if it is not older than a week.
    void release() {
        if (carrier.isReady()) {
            Instant now = ground.now();
            database.useTransaction(handle -> NoticeStore.again(handle, UNCONFIGURED,
                    now.minus(Duration.ofDays(7)), now));
        }
    }

    /// @return whether there may be more
    boolean sendNext() {
        Optional<Claimed> claimed = database.inTransaction(this::claim);
        claimed.ifPresent(one -> {
            switch (one.written()) {
                case Writer.Written.Nowhere nowhere ->
                    end(one.notice(), NoticeState.SUPPRESSED, nowhere.why());
                case Writer.Written.Ready ready -> send(one.notice(), ready.letter());
            }
        });
        return claimed.isPresent();
    }

    private Optional<Claimed> claim(Handle handle) {
        return NoticeStore.claim(handle, ground.now())
                .map(notice -> new Claimed(notice, writer.write(handle, notice)));
    }

    private void send(Notice notice, Letter letter) {
        if (!carrier.isReady()) {
            end(notice, NoticeState.SUPPRESSED, UNCONFIGURED);
            return;
        }
        Instant now = ground.now();
        int sent = database.inTransaction(
                handle -> NoticeStore.sentSince(handle, notice.addressee(), now.minus(HOUR)));
        if (sent >= config.perHourMax()) {
            database.useTransaction(handle -> NoticeStore.postpone(handle, notice.id(), now.plus(HOUR),
                    "the addressee got " + sent + " letters within an hour"));
            return;
        }
        switch (carrier.carry(letter)) {
            case Carrier.Carried.Sent _ -> end(notice, NoticeState.SENT, "");
            case Carrier.Carried.Refused refused -> end(notice, NoticeState.FAILED, refused.why());
            case Carrier.Carried.Later later -> {
                if (notice.attempts() + 1 >= NoticeConfig.ATTEMPTS_MAX) {
                    end(notice, NoticeState.FAILED, later.why());
                } else {
                    database.useTransaction(
                            handle -> NoticeStore.failing(handle, notice.id(), later.why()));
                }
            }
        }
    }

    private void end(Notice notice, NoticeState state, String reason) {
        database.useTransaction(handle -> {
            Instant now = ground.now();
            if (!NoticeStore.end(handle, notice.id(), state, reason, now) || !notice.isCustomers()) {
                return;
            }
            if (state == NoticeState.SENT) {
                told(handle, notice, now);
            } else if (state == NoticeState.FAILED) {
                lost(handle, notice, reason, now);
            }
        });
    }

    // What a person wrote in person is speaking with the customer (R20); the rest is only noted.
    private void told(Handle handle, Notice notice, Instant now) {
        Long id = notice.ticket();
        if (id == null) {
            return;
        }
        JsonNode data = Json.object().put("notice", notice.id()).put("template", notice.template())
                .put("channel", notice.channel()).put("language", notice.language().text());
        if (notice.isPersonal()) {
            String author = notice.params().path("author").asText();
            Actor actor = new Actor(new Principal(author, Set.of(), "", ""), "");
            cases.lock(handle, id).ifPresent(ticket -> cases.spoken(handle, ticket,
                    "E-mail to the customer: " + notice.params().path("text").asText(), actor));
        } else {
            cases.note(handle, id, Actor.SYSTEM,
                    new Note(now, "notice", "Told the customer: " + notice.template(), data));
        }
    }

    private static void lost(Handle handle, Notice notice, String reason, Instant now) {
        Outbox.append(handle, "notice.staff", "notice/" + notice.id() + "/failed/" + now.toEpochMilli(),
                Json.object().put("role", "coordinator").put("template", "notice-failed")
                        .put("ticket", notice.ticket() == null ? null : String.valueOf(notice.ticket()))
                        .set("params", Json.object().put("template", notice.template())
                                .put("reason", reason)));
    }
}
