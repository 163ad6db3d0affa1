package io.aftercare.service.ticket;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonValue;
import io.aftercare.service.text.Kebab;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What is said to mend the fault, a firmware or a runbook that was carried out, as the case heard of it last.
///
/// @param stage       of the campaign, from 1, in which the device has its turn; 0 where that was not told
/// @param stages      how many the campaign has
/// @param before      where the case stood when it was scheduled: its way back
/// @param installedAt when the device ran it, null while it is on its way
/// @param soak        how long it is watched after that
/// @param soakUntil   when the watch ends
/// @param extensions  how often the watch was prolonged because the device had reported nothing
/// @param reason      why it is withheld, failed or did not hold, else empty
/// @param proof       that it held
/// @param heard       of each campaign the number of the last message, so that one that comes late or twice changes nothing
/// @param runbook     the name of the runbook that mended it from afar; null where it is a firmware
public record Fix(State state, String release, String version, String campaign, int stage, int stages,
        @Nullable TicketState before, @Nullable Instant installedAt, Duration soak,
        @Nullable Instant soakUntil, int extensions, String reason, @Nullable Proof proof,
        Map<String, Integer> heard, @Nullable String runbook) {

    /// What became of it.
    public enum State {
        SCHEDULED,
        /// Its campaign is paused.
        WITHHELD,
        INSTALLED,
        /// It did not get on the device.
        FAILED,
        /// It was installed, and the fault came back or never stopped.
        BROKEN,
        /// It was installed, and the fault stayed away for the whole soak.
        PROVEN;

        @JsonValue
        public String text() {
            return Kebab.of(this);
        }
    }

    // rows that were written before there was a state have none
    public Fix {
        state = Objects.requireNonNullElse(state, installedAt == null ? State.SCHEDULED : State.INSTALLED);
        reason = Objects.requireNonNullElse(reason, "");
        heard = Map.copyOf(Objects.requireNonNullElse(heard, Map.of()));
    }

    /// Heard of for the first time.
    static Fix of(State state, FixMessage message, @Nullable TicketState before) {
        return new Fix(state, message.release(), message.version(), message.campaign(), message.stage(),
                message.stages(), before, null, Duration.ZERO, null, 0, "", null, Map.of(), null)
                .hearing(message);
    }

    /// A runbook that was carried out, watched from then on.
    static Fix remote(String runbook, @Nullable TicketState before, Instant at, Duration watched,
            Instant until) {
        return new Fix(State.INSTALLED, "", "", "", 0, 0, before, at, watched, until, 0, "", null, Map.of(),
                runbook);
    }

    /// Such as `firmware 2.4.0`.
    @JsonIgnore
    public String what() {
        return runbook == null ? "firmware " + version : "runbook " + runbook;
    }

    /// Such as `firmware 2.4.0 was installed`.
    @JsonIgnore
    String deed() {
        return what() + (runbook == null ? " was installed" : " was carried out");
    }

    /// What is behind a case that it solved.
    @JsonIgnore
    String cause() {
        return runbook == null ? "Fixed by firmware " + version : "Remote fix: runbook " + runbook;
    }

    /// Whether it is on its way or being watched, so that the case needs nobody.
    @JsonIgnore
    public boolean isActive() {
        return state == State.SCHEDULED || state == State.INSTALLED;
    }

    boolean isOf(FixMessage message) {
        return release.equals(message.release())
                && (campaign.equals(message.campaign()) || campaign.isEmpty()
                        || message.campaign().isEmpty());
    }

    /// Whether the message was heard already, or a later one of its campaign was.
    boolean hasHeard(FixMessage message) {
        return message.n() > 0 && message.n() <= heard.getOrDefault(message.campaign(), 0);
    }

    Fix hearing(FixMessage message) {
        if (message.n() == 0 || hasHeard(message)) {
            return this;
        }
        Map<String, Integer> then = new TreeMap<>(heard);
        then.put(message.campaign(), message.n());
        return new Fix(state, release, version, campaign, stage, stages, before, installedAt, soak, soakUntil,
                extensions, reason, proof, then, runbook);
    }

    /// With what was heard before it.
    Fix after(@Nullable Fix earlier) {
        if (earlier == null) {
            return this;
        }
        Map<String, Integer> all = new TreeMap<>(earlier.heard);
        all.putAll(heard);
        return new Fix(state, release, version, campaign, stage, stages, before, installedAt, soak, soakUntil,
                extensions, reason, proof, all, runbook);
    }

    Fix installed(Instant at, Duration watched, Instant until) {
        return new Fix(State.INSTALLED, release, version, campaign, stage, stages, before, at, watched, until,
                0, "", null, heard, runbook);
    }

    Fix watchedUntil(Instant until) {
        return new Fix(state, release, version, campaign, stage, stages, before, installedAt, soak, until,
                extensions, reason, proof, heard, runbook);
    }

    Fix extended(Instant until) {
        return new Fix(state, release, version, campaign, stage, stages, before, installedAt, soak, until,
                extensions + 1, reason, proof, heard, runbook);
    }

    Fix ended(State how, String why) {
        return new Fix(how, release, version, campaign, stage, stages, before, installedAt, soak, null,
                extensions, why, null, heard, runbook);
    }

    Fix proven(@Nullable Proof by) {
        return new Fix(State.PROVEN, release, version, campaign, stage, stages, before, installedAt, soak,
                null, extensions, "", by, heard, runbook);
    }
}
