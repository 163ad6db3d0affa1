package io.aftercare.service.runbook;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One step of a procedure. Immutable.
sealed interface Step {
    /// By which other steps lead here; empty where none does.
    String label();

    /// What it is, as documents and the API write it.
    String kind();

    /// The labels to which it may lead besides the step after it.
    List<String> targets();

    /// Something that a person does and says how it went.
    ///
    /// @param expect what shows that it is as it should be
    /// @param onFail where a failure leads; null for the step after it
    record Manual(String label, String zh, String en, @Nullable String expect,
            @Nullable String onFail) implements Step {
        @Override
        public String kind() {
            return "manual";
        }

        @Override
        public List<String> targets() {
            return listed(onFail);
        }
    }

    /// A remote action.
    ///
    /// @param actionClass at most so dangerous the author takes it to be, empty where they do not say
    /// @param expiresIn   how long the device may be away
    /// @param onFail      where a failure leads; null to end the run
    record Act(String label, String action, JsonNode params, String actionClass, Duration expiresIn,
            @Nullable String onFail) implements Step {
        @Override
        public String kind() {
            return "action";
        }

        @Override
        public List<String> targets() {
            return listed(onFail);
        }
    }

    /// A condition that has to hold.
    ///
    /// @param onFail where it leads if it does not; null to end the run as not fixed
    record Check(String label, Condition is, @Nullable String onFail) implements Step {
        @Override
        public String kind() {
            return "check";
        }

        @Override
        public List<String> targets() {
            return listed(onFail);
        }
    }

    record Wait(String label, Duration length) implements Step {
        @Override
        public String kind() {
            return "wait";
        }

        @Override
        public List<String> targets() {
            return List.of();
        }
    }

    /// A condition that says where to go on.
    record Branch(String label, Condition when, String then, String otherwise) implements Step {
        @Override
        public String kind() {
            return "branch";
        }

        @Override
        public List<String> targets() {
            return List.of(then, otherwise);
        }
    }

    /// A question to a person.
    record Ask(String label, String zh, String en, List<Choice> choices) implements Step {
        public Ask {
            choices = List.copyOf(choices);
        }

        @Override
        public String kind() {
            return "ask";
        }

        @Override
        public List<String> targets() {
            return choices.stream().map(Choice::then).toList();
        }
    }

    /// An answer, and where it leads.
    record Choice(String answer, String zh, String en, String then) {}

    record End(String label, Result result, String reason) implements Step {
        @Override
        public String kind() {
            return "end";
        }

        @Override
        public List<String> targets() {
            return List.of();
        }
    }

    /// The step after this one, where a label is asked for.
    String NEXT = "next";

    private static List<String> listed(@Nullable String target) {
        return target == null ? List.of() : List.of(target);
    }
}
