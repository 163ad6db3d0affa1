package io.aftercare.remote.upload;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Where an upload stands. All transitions are in [#TRANSITIONS].
public enum UploadState {
    /// Nothing has come yet.
    EXPECTED,
    /// Some of it may be there.
    RECEIVING,
    /// It is there, whole.
    COMPLETE,
    /// Its hash was wrong too often.
    FAILED,
    /// It did not come in time.
    EXPIRED,
    /// Its content was destroyed, or is not wanted any more.
    GONE;

    private static final Map<UploadState, Map<UploadEvent, UploadState>> TRANSITIONS = new EnumMap<>(Map.of(
            EXPECTED,
            Map.of(UploadEvent.BEGIN, RECEIVING, UploadEvent.EXPIRE, EXPIRED, UploadEvent.DISCARD, GONE),
            RECEIVING,
            Map.of(UploadEvent.BEGIN, RECEIVING, UploadEvent.COMPLETE, COMPLETE, UploadEvent.SPOIL, EXPECTED,
                    UploadEvent.GIVE_UP, FAILED, UploadEvent.EXPIRE, EXPIRED, UploadEvent.DISCARD, GONE),
            COMPLETE, Map.of(UploadEvent.DISCARD, GONE)));

    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static UploadState parse(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }

    /// The state after `event`, empty where it is not possible here.
    Optional<UploadState> after(UploadEvent event) {
        return Optional.ofNullable(TRANSITIONS.getOrDefault(this, Map.of()).get(event));
    }

    /// Whether the device may still send.
    boolean isOpen() {
        return this == EXPECTED || this == RECEIVING;
    }
}
