package io.aftercare.service.runbook;

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
    /// @param passes whether time alone may mend it
    record Failure(String text, boolean passes) {}

    /// What is missing, each in a sentence; nothing for a procedure that people alone carry out.
    static List<Failure> failed(Procedure procedure, Facts facts) {
        List<Failure> failed = new ArrayList<>();
        if (procedure.isManual()) {
            return failed;
        }
        Procedure.About about = procedure.about();
        if (!facts.isOpen()) {
            failed.add(lasting("the case is not open"));
        }
        if (facts.model().isEmpty()) {
            failed.add(lasting("it is not known which device the case is about"));
            return failed;
        }
        if (!about.models().isEmpty() && !about.models().contains(facts.model())) {
            failed.add(lasting("it is for " + String.join(", ", about.models()) + ", and the device is a "
                    + facts.model()));
        }
        if (!about.codes().isEmpty() && !facts.code().isEmpty() && !about.codes().contains(facts.code())) {
            failed.add(lasting("it is for " + String.join(", ", about.codes()) + ", and the fault is "
                    + facts.code()));
        }
        actions(procedure, facts, failed);
        if (about.needs().online() && !facts.online()) {
            failed.add(new Failure("the device is not connected", true));
        }
        if (about.needs().idle() && facts.updating()) {
            failed.add(new Failure("the device is in the middle of a firmware update", true));
        }
        if (!facts.consent().isEmpty()) {
            failed.add(new Failure(facts.consent(), true));
        }
        if (!facts.busyWith().isEmpty()) {
            failed.add(new Failure(facts.busyWith(), true));
        }
        return failed;
    }

    private static void actions(Procedure procedure, Facts facts, List<Failure> failed) {
        for (Step step : procedure.steps()) {
            if (step instanceof Step.Act act) {
                String known = facts.classes().get(act.action());
                if (known == null) {
                    failed.add(lasting("the product " + facts.model() + " has no action " + act.action()));
                } else if (!act.actionClass().isEmpty() && known.compareTo(act.actionClass()) > 0) {
                    failed.add(lasting(act.action() + " is of class " + known + " for " + facts.model()
                            + ", and the runbook takes it for " + act.actionClass()));
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

    private static Failure lasting(String text) {
        return new Failure(text, false);
    }
}
