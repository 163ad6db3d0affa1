package io.aftercare.service.runbook;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What has to be so before a runbook begins. Pure.
final class Preconditions {
    private Preconditions() {}

    /// A case and its device, as they are now.
    ///
    /// @param model    empty where the device is not known
    /// @param code     of the case's fault, empty where it has none
    /// @param classes  of the product's actions
    /// @param consent  what is missing of the customer's consent, empty for nothing
    /// @param isOpen   whether there is still work to do for the case
    /// @param busyWith what another run is doing with the device, empty for nothing
    record Facts(String model, String code, Map<String, String> classes, boolean online, boolean updating,
            String consent, boolean isOpen, String busyWith) {
        Facts {
            classes = Map.copyOf(classes);
        }
    }

    /// Why not.
    ///
    /// @param code   of the sentence, for who says it in another language
    /// @param params of the sentence, by name
    /// @param passes whether time alone may mend it
    record Failure(String code, Map<String, String> params, String text, @JsonIgnore boolean passes) {
        Failure {
            params = Map.copyOf(params);
        }
    }

    /// What is missing, each in a sentence; nothing for a procedure that people alone carry out.
    static List<Failure> failed(Procedure procedure, Facts facts) {
        List<Failure> failed = new ArrayList<>();
        if (procedure.isManual()) {
            return failed;
        }
        Procedure.About about = procedure.about();
        if (!facts.isOpen()) {
            failed.add(lasting("not-open", Map.of(), "the case is not open"));
        }
        if (facts.model().isEmpty()) {
            failed.add(lasting("no-device", Map.of(), "it is not known which device the case is about"));
            return failed;
        }
        if (!about.models().isEmpty() && !about.models().contains(facts.model())) {
            String wanted = String.join(", ", about.models());
            failed.add(lasting("other-model", Map.of("wanted", wanted, "model", facts.model()),
                    "it is for " + wanted + ", and the device is a " + facts.model()));
        }
        if (!about.codes().isEmpty() && !facts.code().isEmpty() && !about.codes().contains(facts.code())) {
            String wanted = String.join(", ", about.codes());
            failed.add(lasting("other-fault", Map.of("wanted", wanted, "fault", facts.code()),
                    "it is for " + wanted + ", and the fault is " + facts.code()));
        }
        actions(procedure, facts, failed);
        if (about.needs().online() && !facts.online()) {
            failed.add(passing("offline", "the device is not connected"));
        }
        if (about.needs().idle() && facts.updating()) {
            failed.add(passing("updating", "the device is in the middle of a firmware update"));
        }
        if (!facts.consent().isEmpty()) {
            failed.add(passing("consent", facts.consent()));
        }
        if (!facts.busyWith().isEmpty()) {
            failed.add(passing("busy", facts.busyWith()));
        }
        return failed;
    }

    private static void actions(Procedure procedure, Facts facts, List<Failure> failed) {
        for (Step step : procedure.steps()) {
            if (step instanceof Step.Act act) {
                String known = facts.classes().get(act.action());
                if (known == null) {
                    failed.add(lasting("no-action", Map.of("model", facts.model(), "action", act.action()),
                            "the product " + facts.model() + " has no action " + act.action()));
                } else if (!act.actionClass().isEmpty() && known.compareTo(act.actionClass()) > 0) {
                    failed.add(lasting("other-class", Map.of("action", act.action(), "class", known, "wanted",
                            act.actionClass()),
                            act.action() + " is of class " + known + " for "
                                    + facts.model() + ", and the runbook takes it for " + act.actionClass()));
                }
            }
        }
    }

    /// Whether nothing that it does needs a person: only what reads, and what can be undone.
    static boolean isUnattended(Procedure procedure, Map<String, String> classes) {
        return procedure.steps().stream().allMatch(step -> switch (step) {
            case Step.Act act -> List.of("A", "B").contains(classes.getOrDefault(act.action(), "D"));
            case Step.Manual _, Step.Ask _ -> false;
            case Step.Check _, Step.Wait _, Step.Branch _, Step.End _ -> true;
        });
    }

    private static Failure lasting(String code, Map<String, String> params, String text) {
        return new Failure(code, params, text, false);
    }

    private static Failure passing(String code, String text) {
        return new Failure(code, Map.of(), text, true);
    }
}
