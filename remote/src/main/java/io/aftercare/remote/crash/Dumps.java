package io.aftercare.remote.crash;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.audit.Audit;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.people.Principal;
import io.aftercare.remote.RemoteGround;
import io.aftercare.remote.Surroundings.Consent;
import io.aftercare.remote.Surroundings.Purpose;
import io.aftercare.remote.TicketName;
import io.aftercare.remote.action.Action;
import io.aftercare.remote.action.ActionListener;
import io.aftercare.remote.action.Actions;
import io.aftercare.remote.action.Wish;
import io.aftercare.remote.upload.Unsolicited;
import io.aftercare.remote.upload.Upload;
import io.aftercare.remote.upload.UploadListener;
import io.aftercare.remote.upload.Uploads;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Dumps of crashes: what devices send by themselves, and what they are asked for. Whoever reads one, or has one destroyed, is in the audit.
/// Thread-safe; calls block.
final class Dumps implements UploadListener, ActionListener {
    private static final String PURPOSE = "crash";
    private static final String PREFIX = "crash-";
    private static final String KEY = "crash:";
    private static final int PER_DAY = 20;
    private static final Duration WITHIN = Duration.ofHours(24);
    private static final Duration ASKED_AT_MOST = Duration.ofDays(7);

    private final RemoteGround ground;
    private final Crashes crashes;
    private final Uploads uploads;
    private final Actions actions;
    private final CrashConfig config;
    private final Runnable worked;

    /// @param worked is told that there is something to work out
    Dumps(RemoteGround ground, Crashes crashes, Uploads uploads, Actions actions, CrashConfig config,
            Runnable worked) {
        this.ground = ground;
        this.crashes = crashes;
        this.uploads = uploads;
        this.actions = actions;
        this.config = config;
        this.worked = worked;
        uploads.on(PURPOSE, this);
        actions.listen(this);
        uploads.welcome(new Unsolicited(PREFIX, PURPOSE, config.dumpBytesMax(), PER_DAY, WITHIN));
    }

    /// What somebody says who asks for a dump.
    record Question(@Nullable String ticket, @Nullable String why, @Nullable String expiresIn) {
        Question {
            ticket = ticket == null ? null : TicketName.number(ticket);
        }
    }

    @Override
    public void complete(Handle handle, Upload upload) {
        Optional<Crash> asked = upload.name().startsWith(PREFIX)
                ? Optional.empty()
                : CrashSql.find(handle, upload.reference(), true);
        if (asked.isEmpty() && !upload.name().startsWith(PREFIX)) {
            uploads.discard(handle, upload.id()); // its crash is not kept any more
            return;
        }
        crashes.dumped(handle, upload, asked.orElse(null));
        handle.afterCommit(worked);
    }

    @Override
    public void missed(Handle handle, Upload upload) {
        CrashSql.find(handle, upload.reference(), true)
                .filter(crash -> upload.id().equals(crash.dump().upload()))
                .ifPresent(crash -> CrashSql.dump(handle, crash.id(), Crash.Dump.NONE));
    }

    /// The device will not send what it was asked for. One that only did not answer in time may still send it.
    @Override
    public void ended(Handle handle, Action action) {
        boolean comesNot = switch (action.state()) {
            case FAILED, REJECTED, EXPIRED, CANCELLED -> true;
            case SUCCEEDED, TIMED_OUT, REQUESTED, APPROVED, QUEUED, SENT, DELIVERED -> false;
        };
        String key = action.key();
        if (comesNot && key != null && key.startsWith(KEY)) {
            uploads.find(handle, key.substring(KEY.length())).ifPresent(upload -> {
                uploads.discard(handle, upload.id());
                missed(handle, upload);
            });
        }
    }

    /// Asks the device for the dump of a crash. What stands in the way of the action stands in the way of this.
    Action ask(Principal who, String id, Question question) {
        Duration within = Wish.within(question.expiresIn());
        if (within.isNegative() || within.isZero() || within.compareTo(ASKED_AT_MOST) > 0) {
            throw Problem.invalid("expiresIn", "more than nothing and at most P7D");
        }
        Crash asked = ground.database()
                .inTransaction(handle -> expect(handle, crashes.find(handle, who, id, true), question,
                        ground.now().plus(within).plus(WITHIN)));
        String upload = String.valueOf(asked.dump().upload());
        ObjectNode params = Json.object();
        if (asked.name().startsWith(PREFIX)) {
            params.put("id", asked.name());
        }
        params.putObject("upload").put("id", upload)
                .put("url", "/device/v1/" + asked.device() + "/uploads/" + upload)
                .put("bytesMax", config.dumpBytesMax());
        try {
            return actions.request(who, new DeviceId(asked.device()),
                    Wish.of("get_crash").with(params).forTicket(question.ticket()).within(within)
                            .because(question.why()).keyed(KEY + upload));
        } catch (Problem refused) {
            ground.database().useTransaction(handle -> unexpect(handle, asked));
            throw refused;
        }
    }

    private Crash expect(Handle handle, Crash crash, Question question, Instant expires) {
        if (crash.dump().isHere()) {
            throw Problem.conflict("The dump of crash " + crash.id() + " is here already");
        }
        if (crash.dump().kind() == DumpKind.ASKED) {
            throw Problem.conflict("The device has been asked for the dump of crash " + crash.id()
                    + " already; wait until it comes, or its time is over");
        }
        if (!crash.name().startsWith(PREFIX)) {
            throw Problem.conflict("The device gave crash " + crash.id()
                    + " no name by which it could be asked for its dump");
        }
        String upload = uploads.expect(handle, new DeviceId(crash.device()), PURPOSE, crash.id(),
                config.dumpBytesMax(), expires);
        CrashSql.dump(handle, crash.id(),
                new Crash.Dump(upload, DumpKind.ASKED, null, null, question.ticket()));
        return CrashSql.find(handle, crash.id(), false).orElseThrow();
    }

    private void unexpect(Handle handle, Crash asked) {
        uploads.discard(handle, String.valueOf(asked.dump().upload()));
        CrashSql.find(handle, asked.id(), true).filter(now -> now.dump().equals(asked.dump()))
                .ifPresent(now -> CrashSql.dump(handle, now.id(), Crash.Dump.NONE));
    }

    /// The bytes of a dump, for a person.
    byte[] download(Principal who, String id) throws IOException {
        Crash crash;
        try {
            crash = ground.database().inTransaction(handle -> {
                Crash found = crashes.find(handle, who, id, false);
                if (!found.dump().isHere()) {
                    throw Problem.notFound("dump of crash", id);
                }
                refusal(found).ifPresent(why -> {
                    throw Problem.conflict("The dump is closed: " + why);
                });
                Audit.append(handle, who, "crash.dump.read", "crash/" + id,
                        Json.object().put("device", found.device()).put("ticket", found.dump().ticket())
                                .put("sha256", found.dump().sha256())
                                .put("consent", consent(found).name()));
                return found;
            });
        } catch (Problem refused) { // that it was tried is kept, though nothing was read
            ground.database().useTransaction(handle -> Audit.append(handle, who, "crash.dump.refused",
                    "crash/" + id, Json.object().put("status", refused.status())
                            .put("why", refused.getMessage())));
            throw refused;
        }
        try (InputStream file = uploads.open(String.valueOf(crash.dump().upload()))) {
            return file.readAllBytes();
        }
    }

    /// Destroys a dump; the crash stays, with what was read in it.
    void destroy(Principal who, String id, int version, String reason) {
        ground.database().useTransaction(handle -> {
            String upload = crashes.find(handle, who, id, false).dump().upload();
            if (upload != null) {
                uploads.discard(handle, upload);
            }
            Crash found = crashes.find(handle, who, id, true);
            if (found.version() != version) {
                throw Problem.staleVersion("crash", id, found.version());
            }
            if (!found.dump().isHere() || !String.valueOf(found.dump().upload()).equals(upload)) {
                throw Problem.conflict("Crash " + id + " has no dump here");
            }
            destroyed(handle, found);
            Audit.append(handle, who, "crash.dump.destroy", "crash/" + id, Json.object()
                    .put("device", found.device()).put("reason", reason)
                    .put("sha256", found.dump().sha256()));
        });
    }

    /// Destroys the dumps that were taken for a case which is over, and expects none for it any more.
    ///
    /// @param names of the case
    /// @return how many dumps were destroyed
    int purge(Handle handle, Set<String> names) {
        int destroyed = 0;
        for (Crash found : CrashSql.ofTicket(handle, names)) {
            String upload = String.valueOf(found.dump().upload());
            uploads.discard(handle, upload); // first, as whoever receives one locks in this order too
            Crash crash = CrashSql.find(handle, found.id(), true)
                    .filter(now -> upload.equals(now.dump().upload())).orElse(null);
            if (crash != null && crash.dump().isHere()) {
                destroyed(handle, crash);
                destroyed++;
            } else if (crash != null) {
                CrashSql.dump(handle, crash.id(), Crash.Dump.NONE);
            }
        }
        return destroyed;
    }

    private static void destroyed(Handle handle, Crash crash) {
        CrashSql.dump(handle, crash.id(), new Crash.Dump(null, DumpKind.DESTROYED, null,
                crash.dump().sha256(), crash.dump().ticket()));
    }

    /// Looks into a dump that has come, or destroys it where the customer does not want data taken.
    ///
    /// @throws IOException where it cannot be read from the disk
    void look(Crash crash) throws IOException {
        String upload = String.valueOf(crash.dump().upload());
        Optional<String> refusal = refusal(crash);
        if (refusal.isPresent()) {
            ground.database().useTransaction(handle -> {
                uploads.discard(handle, upload);
                CrashSql.find(handle, crash.id(), true).filter(now -> now.version() == crash.version())
                        .ifPresent(now -> {
                            destroyed(handle, now);
                            Audit.append(handle, Principal.SYSTEM, "crash.dump.destroy", "crash/" + now.id(),
                                    Json.object().put("device", now.device()).put("reason", refusal.get()));
                        });
            });
            return;
        }
        Optional<JsonNode> content;
        try (InputStream file = uploads.open(upload)) {
            content = DumpReader.read(file);
        }
        ground.database().useTransaction(handle -> CrashSql.find(handle, crash.id(), true)
                .filter(now -> now.version() == crash.version())
                .ifPresent(now -> crashes.looked(handle, now, content.orElse(null))));
    }

    private Consent consent(Crash crash) {
        return ground.surroundings().consent(new DeviceId(crash.device()), crash.dump().ticket(),
                Purpose.DATA);
    }

    private Optional<String> refusal(Crash crash) {
        return switch (consent(crash)) {
            case REFUSED -> Optional.of("the customer refused to let data be taken");
            case WITHDRAWN -> Optional.of("the customer has withdrawn the consent to data being taken");
            case NOT_ASKED, ASKED, GIVEN, EXPIRED -> Optional.empty();
        };
    }
}
