package io.aftercare.remote.crash;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.id.Ids;
import io.aftercare.fleet.people.Principal;
import io.aftercare.remote.RemoteGround;
import io.aftercare.remote.upload.Upload;
import io.micrometer.core.instrument.Counter;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Crashes as they come: each is kept once, whether its event or its dump was here first, and belongs to one group. What costs time,
/// the names, is [CrashWork]'s. Thread-safe; calls block.
final class Crashes {
    private static final Logger LOG = LoggerFactory.getLogger(Crashes.class);
    private static final int MESSAGE_MAX = 1000;
    private static final int AT_ONCE_MAX = 200;
    /// More kinds of crashes than this from one device in a day are one kind.
    static final int NEW_GROUPS_PER_DAY = 20;
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration GROUPS_KEPT = Duration.ofDays(400);
    private static final Duration DAYS_KEPT = Duration.ofDays(90);

    private final RemoteGround ground;
    private final CrashConfig config;
    private final BiConsumer<Handle, String> discard;
    private final Groups groups;
    private final Counter taken;

    /// @param discard destroys an upload in a transaction
    Crashes(RemoteGround ground, CrashConfig config, BiConsumer<Handle, String> discard) {
        this.ground = ground;
        this.config = config;
        this.discard = discard;
        this.groups = new Groups(ground);
        this.taken = Counter.builder("aftercare.remote.crashes")
                .description("Crashes that devices reported, each counted once").register(ground.meters());
    }

    /// What is known of a crash, before it is decided which group it is of.
    private record Facts(Device device, String name, Instant at, boolean told, String message, Report report,
            Crash.Dump dump) {}

    /// A device says that it crashed. Told again, by the same name or the same event, it is the same crash.
    void told(Handle handle, String key, JsonNode event) {
        Optional<Device> found = ground.devices().find(new DeviceId(event.path("device").asText()));
        if (found.isEmpty()) {
            LOG.info("A crash of device {} is dropped: it is registered no longer", event.path("device"));
            return;
        }
        Report report = ReportReader.read(event.path("data"));
        String name = report.name().isEmpty() ? "event-" + key : report.name();
        Optional<Crash> before = CrashSql.named(handle, found.get().id().value(), name);
        if (before.isPresent() && before.get().told()) {
            return;
        }
        Report both = before.map(crash -> crash.report().or(report)).orElse(report);
        String message = ReportReader.text(event.path("message").asText(""), MESSAGE_MAX);
        put(handle, before.orElse(null), new Facts(found.get(), name,
                Instant.ofEpochMilli(event.path("ts").asLong()), true,
                message.isEmpty() ? before.map(Crash::message).orElse("") : message, both,
                before.map(Crash::dump).orElse(Crash.Dump.NONE)));
    }

    /// A dump is here, and waits to be looked into.
    ///
    /// @param asked the crash that it was asked for, null where the device sends it by itself
    void dumped(Handle handle, Upload upload, @Nullable Crash asked) {
        Crash before = asked != null
                ? asked
                : CrashSql.named(handle, upload.device().value(), upload.name()).orElse(null);
        Device device = ground.devices().find(upload.device()).orElseThrow();
        Crash.Dump dump = new Crash.Dump(upload.id(), DumpKind.UNREAD, upload.received(), upload.sha256(),
                asked == null ? null : asked.dump().ticket());
        put(handle, before,
                before == null
                        ? new Facts(device, upload.name(), upload.createdAt(), false, "",
                                ReportReader.read(null), dump)
                        : new Facts(device, before.name(), before.at(), before.told(), before.message(),
                                before.report(), dump));
        if (before != null && before.dump().isHere()) {
            discard.accept(handle, String.valueOf(before.dump().upload()));
        }
    }

    /// A dump was looked into.
    ///
    /// @param content null where it is in a format that is not looked into
    void looked(Handle handle, Crash crash, @Nullable JsonNode content) {
        Crash.Dump dump = crash.dump();
        if (content == null) {
            CrashSql.dump(handle, crash.id(),
                    new Crash.Dump(dump.upload(), DumpKind.OPAQUE, dump.bytes(), dump.sha256(),
                            dump.ticket()));
            return;
        }
        // Without an event the dump says when and why it was.
        long ts = content.path("ts").asLong(0);
        boolean knowsWhen = !crash.told() && ts > 0
                && Instant.ofEpochMilli(ts).isBefore(crash.receivedAt().plus(DAY));
        String message = ReportReader.text(content.path("message").asText(""), MESSAGE_MAX);
        put(handle, crash, new Facts(device(crash), crash.name(),
                knowsWhen ? Instant.ofEpochMilli(ts) : crash.at(), crash.told(),
                crash.message().isEmpty() ? message : crash.message(),
                ReportReader.read(content).or(crash.report()),
                new Crash.Dump(dump.upload(), DumpKind.REPORT, dump.bytes(), dump.sha256(), dump.ticket())));
    }

    private Device device(Crash crash) {
        return ground.devices().find(new DeviceId(crash.device())).orElseThrow();
    }

    private void put(Handle handle, @Nullable Crash before, Facts facts) {
        Instant now = ground.now();
        Report report = facts.report();
        String device = facts.device().id().value();
        String region = facts.device().region();
        if (before == null) { // the old go first: whoever needs both locks crashes before groups
            CrashSql.beyond(handle, device, config.perDeviceMax() - 1, AT_ONCE_MAX).stream()
                    .sorted(Comparator.comparing(Crash::id)).forEach(old -> remove(handle, old));
        }
        String firmware = report.firmware().isEmpty() ? facts.device().firmware() : report.firmware();
        String group = group(handle, facts, firmware, now);
        CrashState state = before == null
                ? CrashState.PENDING
                : before.state().after(CrashEvent.NEWS).orElseThrow();
        Crash crash = new Crash(before == null ? Ids.next('x', ground.clock()) : before.id(), device,
                facts.device().model(), facts.name(), group, facts.at(),
                before == null ? now : before.receivedAt(), facts.told(), firmware, facts.message(), report,
                List.of(), List.of(), state, null, 0, facts.dump(), 1);
        CrashSql.put(handle, crash, report.builds(), now);
        if (before == null) {
            GroupSql.join(handle, group, device, region, now);
            taken.increment();
        } else if (!before.group().equals(group)) {
            GroupSql.join(handle, group, device, region, before.receivedAt());
            GroupSql.leave(handle, before.group(), device, region, before.receivedAt());
        }
        groups.seen(handle, group, firmware);
    }

    private String group(Handle handle, Facts facts, String firmware, Instant now) {
        String device = facts.device().id().value();
        String model = facts.device().model();
        Fingerprint own = Fingerprint.of(model, facts.report(), facts.message());
        Optional<String> known = GroupSql.withKey(handle, own.key());
        if (known.isPresent()) {
            return known.get();
        }
        boolean many = GroupSql.madeBy(handle, device, now.minus(DAY)) >= NEW_GROUPS_PER_DAY;
        Fingerprint print = many ? Fingerprint.ofMany(model) : own;
        Optional<Report.Module> module = many
                ? Optional.empty()
                : facts.report().crashed().stream().findFirst().flatMap(facts.report()::module);
        Group made = new Group(Ids.next('g', ground.clock()), print.key(), model,
                many ? "" : facts.report().process(), module.map(Report.Module::name).orElse(""),
                module.map(Report.Module::buildId).map(Object::toString).orElse(null), print.title(), null,
                device, now, now, 0, 0, Standing.NEW, 1);
        if (GroupSql.make(handle, made)) {
            groups.made(handle, made, firmware);
        }
        return GroupSql.withKey(handle, print.key()).orElseThrow();
    }

    private void remove(Handle handle, Crash crash) {
        if (crash.dump().upload() != null) {
            discard.accept(handle, crash.dump().upload()); // first, as whoever receives one locks in this order too
        }
        CrashSql.delete(handle, crash.id());
    }

    /// Forgets what has been kept long enough.
    ///
    /// @return whether there may be more
    boolean forget() {
        Instant now = ground.now();
        int crashes = ground.database().inTransaction(handle -> {
            List<Crash> old = CrashSql.olderThan(handle, now.minus(config.keep()), AT_ONCE_MAX);
            old.stream().sorted(Comparator.comparing(Crash::id)).forEach(crash -> remove(handle, crash));
            return old.size();
        });
        int forgotten = ground.database().inTransaction(handle -> {
            GroupSql.forgetDays(handle, now.minus(DAYS_KEPT));
            return GroupSql.forget(handle, now.minus(GROUPS_KEPT), AT_ONCE_MAX);
        });
        return crashes == AT_ONCE_MAX || forgotten == AT_ONCE_MAX;
    }

    Groups groups() {
        return groups;
    }

    /// A crash of a device that this person may see.
    Crash find(Handle handle, Principal who, String id, boolean lock) {
        Crash crash = CrashSql.find(handle, id, lock).orElseThrow(() -> Problem.notFound("crash", id));
        device(who, new DeviceId(crash.device()));
        return crash;
    }

    Device device(Principal who, DeviceId id) {
        Device device = ground.devices().visible(id.value(), who);
        if (!who.region().isEmpty() && !who.region().equals(device.region())) {
            throw Problem.forbidden("The device is in region \"" + device.region()
                    + "\", your account is for region \"" + who.region() + "\"");
        }
        return device;
    }

    List<Crash> ofDevice(Principal who, DeviceId id, @Nullable String cursor, int limit) {
        Device device = device(who, id);
        return list(who, new Lists.Wanted(device.id().value(), null, null, null, null), cursor, limit);
    }

    List<Crash> list(Principal who, Lists.Wanted wanted, @Nullable String cursor, int limit) {
        return ground.database().jdbi().withHandle(
                handle -> Lists.crashes(handle, wanted, who.region(), after(handle, cursor), limit));
    }

    List<Crash> ofGroup(Principal who, String group, @Nullable String cursor, int limit) {
        return ground.database().jdbi().withHandle(handle -> {
            String id = group(handle, who, group).id();
            return CrashSql.ofGroup(handle, id, who.region(), after(handle, cursor), limit);
        });
    }

    private static @Nullable Crash after(Handle handle, @Nullable String cursor) {
        return cursor == null
                ? null
                : CrashSql.find(handle, cursor, false).orElseThrow(() -> Problem.invalid("cursor",
                        "the crash that the page ended with is not kept any more; begin anew"));
    }

    /// A group, as far as this person sees it.
    static Group group(Handle handle, Principal who, String id) {
        return GroupSql.find(handle, id, who.region())
                .filter(group -> who.region().isEmpty() || group.devices() > 0)
                .orElseThrow(() -> Problem.notFound("crash group", id));
    }
}
