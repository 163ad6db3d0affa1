package io.aftercare.simulator.misbehaviour;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// A way in which a device does not keep to the protocol. A backend has to live with each of them.
public enum Misbehaviour {
    ANSWER_TWICE("answers an action a second time, and the other way round"),
    ANSWER_OTHER(
            "answers under the id of the action before, or of none"),
    LATE_ANSWER(
            "does as it is told, and says so a second after the action expired, or 90 s later"),
    NEVER_ANSWER(
            "does as it is told, and never says so"),
    REJECT(
            "rejects every action"),
    BAD_OUTPUT(
            "answers with an output of the wrong shape"),
    IGNORE_CANCEL(
            "does what was taken back all the same"),
    IGNORE_TTL(
            "goes on sampling quickly when the boost is over"),
    WRONG_HASH(
            "uploads with a hash of something else"),
    TOO_LONG(
            "uploads more than it was allowed, and answers with more than a message holds"),
    STOP_HALFWAY(
            "stops in the middle of an upload, and says nothing more about it"),
    FLOOD_SHELL(
            "writes to the terminal without end, and does not hear that it is closed"),
    CRASH_LOOP(
            "crashes soon after each start");

    private final String meaning;

    Misbehaviour(String meaning) {
        this.meaning = meaning;
    }

    /// What the device does.
    public String meaning() {
        return meaning;
    }

    /// The word on the command line, such as `answer-twice`.
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<Misbehaviour> of(String word) {
        return Arrays.stream(values()).filter(each -> each.word().equals(word)).findFirst();
    }

    /// All words, with commas.
    static String words() {
        return List.of(values()).stream().map(Misbehaviour::word).collect(Collectors.joining(", "));
    }
}
