package io.aftercare.service.runbook;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Whether the labels of a procedure lead somewhere, every step can be reached, and none waits for itself. Pure.
final class ProcedureCheck {
    private ProcedureCheck() {}

    /// @param places where the steps stand, for what is wrong with them
    static void labels(List<Step> steps, List<Reading> places) {
        Map<String, Integer> known = new HashMap<>();
        for (int i = 0; i < steps.size(); i++) {
            String label = steps.get(i).label();
            if (label.equals(Step.NEXT)) {
                places.get(i).at("label").wrong("next is the step after each, and no label");
            } else if (!label.isEmpty() && known.putIfAbsent(label, i) != null) {
                places.get(i).at("label").wrong("there is a step " + label + " already");
            }
        }
        boolean dangling = false;
        for (int i = 0; i < steps.size(); i++) {
            for (String target : steps.get(i).targets()) {
                if (!target.equals(Step.NEXT) && !known.containsKey(target)) {
                    places.get(i).wrong("no step has the label " + target);
                    dangling = true;
                }
            }
        }
        if (!dangling && !steps.isEmpty()) {
            reached(steps, places, known);
            circles(steps, places, known);
        }
    }

    private static void reached(List<Step> steps, List<Reading> places, Map<String, Integer> known) {
        BitSet seen = new BitSet();
        Deque<Integer> open = new ArrayDeque<>(List.of(0));
        while (!open.isEmpty()) {
            int at = open.pop();
            if (at < steps.size() && !seen.get(at)) {
                seen.set(at);
                open.addAll(after(steps.get(at), at, known));
            }
        }
        for (int i = seen.nextClearBit(0); i < steps.size(); i = seen.nextClearBit(i + 1)) {
            places.get(i).wrong("nothing leads to this step");
        }
    }

    /// A circle of branches alone would spin: nothing in it takes time.
    private static void circles(List<Step> steps, List<Reading> places, Map<String, Integer> known) {
        for (int start = 0; start < steps.size(); start++) {
            BitSet seen = new BitSet();
            Deque<Integer> open = new ArrayDeque<>();
            if (steps.get(start) instanceof Step.Branch branch) {
                open.addAll(after(branch, start, known));
            }
            while (!open.isEmpty()) {
                int at = open.pop();
                if (at == start) {
                    places.get(start).wrong("this branch leads back to itself with nothing done between");
                    return;
                }
                if (at < steps.size() && !seen.get(at) && steps.get(at) instanceof Step.Branch branch) {
                    seen.set(at);
                    open.addAll(after(branch, at, known));
                }
            }
        }
    }

    private static List<Integer> after(Step step, int at, Map<String, Integer> known) {
        List<Integer> next = new ArrayList<>();
        for (String target : step.targets()) {
            next.add(target.equals(Step.NEXT) ? Integer.valueOf(at + 1) : known.get(target));
        }
        switch (step) {
            case Step.Manual _, Step.Act _, Step.Check _, Step.Wait _ -> next.add(at + 1);
            case Step.Branch _, Step.Ask _, Step.End _ -> {
            }
        }
        return next;
    }
}
