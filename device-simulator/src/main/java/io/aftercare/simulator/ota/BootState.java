package io.aftercare.simulator.ota;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/// Which of the two slots a device starts from. All transitions:
///
/// | from | event | to |
/// |---|---|---|
/// | Committed(A) | IMAGE_WRITTEN | Staged(A → B) |
/// | Committed(A) | SLOT_ERASED, BOOTED | Committed(A) |
/// | Staged(A → B) | IMAGE_WRITTEN | Staged(A → B), the newer image |
/// | Staged(A → B) | SLOT_ERASED | Committed(A) |
/// | Staged(A → B) | BOOTED | Trying(A → B), first attempt |
/// | Trying(A → B) | CHECK_PASSED | Committed(B) |
/// | Trying(A → B) | CHECK_FAILED | Committed(A): rolled back |
/// | Trying(A → B), attempt 1 or 2 | BOOTED | Trying(A → B), the next attempt: power or watchdog reset it |
/// | Trying(A → B), attempt 3 | BOOTED | Committed(A): rolled back |
///
/// Anything else is a bug and throws. The state is written down before each effect, so a power cut at any moment leaves a
/// slot that starts; and a slot that is being written is never one to be started.
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
        IMAGE_WRITTEN, SLOT_ERASED, BOOTED, CHECK_PASSED, CHECK_FAILED
    }

    /// Starts that a new image gets before the old one is taken again: one power cut does not make it a bad image.
    int ATTEMPTS_MAX = 3;

    record Committed(Slot slot) implements BootState {}

    record Staged(Slot slot) implements BootState {}

    /// @param attempt how often it was started, from 1
    record Trying(Slot slot, int attempt) implements BootState {}

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
                case SLOT_ERASED, BOOTED -> this;
                case CHECK_PASSED, CHECK_FAILED -> throw impossible(event);
            };
            case Staged _ -> switch (event) {
                case IMAGE_WRITTEN -> this;
                case SLOT_ERASED -> new Committed(slot());
                case BOOTED -> new Trying(slot(), 1);
                case CHECK_PASSED, CHECK_FAILED -> throw impossible(event);
            };
            case Trying trial -> switch (event) {
                case CHECK_PASSED -> new Committed(slot().other());
                case CHECK_FAILED -> new Committed(slot());
                case BOOTED -> trial.attempt < ATTEMPTS_MAX
                        ? new Trying(slot(), trial.attempt + 1)
                        : new Committed(slot());
                case IMAGE_WRITTEN, SLOT_ERASED -> throw impossible(event);
            };
        };
    }

    private IllegalStateException impossible(Event event) {
        return new IllegalStateException(event + " cannot happen in " + this);
    }
}
