package io.aftercare.simulator.house;

import java.util.List;
import java.util.Map;

/// One thing that happens to a case.
sealed interface Turn {
    /// Somebody is made its owner.
    record Assign(String by, String owner) implements Turn {}

    /// Written for colleagues.
    record Note(String by, String text) implements Turn {}

    /// The customer was spoken with.
    record Call(String by, String text) implements Turn {}

    /// Written for the customer, who reads it on the page of the case.
    record Letter(String by, String text) implements Turn {}

    /// The customer writes back, on the page of the case.
    record Reply(String text) implements Turn {}

    record Judge(String by, String type, String impact, String urgency) implements Turn {}

    /// @param with what the new state needs, such as `rootCause`
    record Move(String by, String to, Map<String, String> with) implements Turn {}

    record Snooze(String by, int hours, String reason) implements Turn {}

    /// A file is put to it.
    record File(String by, String name, String content) implements Turn {}

    record Escalate(String by, String reason) implements Turn {}

    /// This case tells of the same as another.
    record Merge(String by, String into, String reason) implements Turn {}

    record Related(String by, String to) implements Turn {}

    /// An article helped.
    record Article(String by, String title) implements Turn {}

    /// The customer answers the survey on the page of the case.
    ///
    /// @param scores speed, attitude, effect, resolution, professionalism
    record Survey(List<Integer> scores, String comment) implements Turn {}

    /// A call after the case.
    record FollowUp(String by, String kind, int hours, String reason, String assignee) implements Turn {}

    /// What concerns the device from afar.
    sealed interface Remote extends Turn {}

    /// The customer is asked whether something may be done from afar.
    ///
    /// @param purposes `action`, `data`, `shell`
    record AskRemote(String by, List<String> purposes, String why) implements Remote {}

    /// What the customer said to the newest question, on the phone.
    record AnswerRemote(String by, boolean given, String note) implements Remote {}

    /// The device is asked for an action for this case.
    ///
    /// @param confirm whether the device's id is typed, as dangerous ones need it
    record Act(String by, String action, String why, boolean confirm) implements Remote {}

    /// An action is asked for that has to be refused, for want of a consent; the refusal is in the audit.
    record Refused(String by, String action, String why) implements Remote {}

    record Logs(String by, String why) implements Remote {}

    /// A runbook is begun.
    record Run(String by, String runbook) implements Remote {}

    static Move move(String by, String to) {
        return new Move(by, to, Map.of());
    }

    static Move solve(String by, String cause, String verification) {
        return new Move(by, "resolved", Map.of("rootCause", cause, "rootCauseMethod", "direct",
                "verification", verification, "feedback", verification));
    }

    static Move verify(String by, String verification) {
        return new Move(by, "verified", Map.of("verification", verification));
    }

    static Move close(String by) {
        return new Move(by, "closed", Map.of("improvement", "–"));
    }
}
