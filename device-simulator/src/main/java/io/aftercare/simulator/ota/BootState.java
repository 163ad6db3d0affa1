package io.aftercare.simulator.ota;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/// Which of the two slots a device starts from. All transitions:
///
/// | from | event | to |
/// |---|---|---|
/// | Committed(A) | IMAGE_WRITTEN | Staged(A → B) |
/// | Committed(A) | BOOTED | Committed(A) |
/// | Staged(A → B) | IMAGE_WRITTEN | Staged(A → B), the newer image |
/// | Staged(A → B) | BOOTED | Trying(A → B) |
/// | Trying(A → B) | CHECK_PASSED | Committed(B) |
/// | Trying(A → B) | CHECK_FAILED | Committed(A): rolled back |
/// | Trying(A → B) | BOOTED | Committed(A): it came up again unconfirmed, so the watchdog rolled it back |
///
/// Anything else is a bug and throws. The state is written down before each effect, so a power cut at any moment leaves a
/// slot that starts.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "state")
@JsonSubTypes({@JsonSubTypes.Type(value = BootState.Committed.class, name = "committed"),
        @JsonSubTypes.Type(value = BootState.Staged.class, name = "staged"),
        @JsonSubTypes.Type(value = BootState.Trying.class, name = "trying")})
public sealed interface BootState {
    /// A place for one firmware image.
    enum Slot {
        A, B;

        Slot other() {
            return this == A ? B : A;
        }
    }

    enum Event {
        IMAGE_WRITTEN, BOOTED, CHECK_PASSED, CHECK_FAILED
    }

    record Committed(Slot slot) implements BootState {}

    record Staged(Slot slot) implements BootState {}

    record Trying(Slot slot) implements BootState {}

    /// The slot in charge: the one that runs, or for a trial the one to go back to.
    Slot slot();

    /// The slot that runs now.
    default Slot running() {
        return this instanceof Trying ? slot().other() : slot();
    }

    default BootState next(Event event) {
        return switch (this) {
            case Committed _ -> switch (event) {
                case IMAGE_WRITTEN -> new Staged(slot());
                case BOOTED -> this;
                case CHECK_PASSED, CHECK_FAILED -> throw impossible(event);
            };
            case Staged _ -> switch (event) {
                case IMAGE_WRITTEN -> this;
                case BOOTED -> new Trying(slot());
                case CHECK_PASSED, CHECK_FAILED -> throw impossible(event);
            };
            case Trying _ -> switch (event) {
                case CHECK_PASSED -> new Committed(slot().other());
                case CHECK_FAILED, BOOTED -> new Committed(slot());
                case IMAGE_WRITTEN -> throw impossible(event);
            };
        };
    }

    private IllegalStateException impossible(Event event) {
        return new IllegalStateException(event + " cannot happen in " + this);
    }
}
