package io.aftercare.diagnostics.backtest;

import io.aftercare.diagnostics.backtest.ConfirmedCases.Case;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a rule would have told, beside what people found. Pure.
///
/// A fault and a case belong together where they are of one device and the fault was open at some time between
/// [#EARLIEST] before the case was opened and the case's end. The lead time is how much earlier the fault was opened than the case;
/// negative where people were first.
///
/// @param cases     confirmed cases of this fault
/// @param found     those that a fault belongs to
/// @param faults    faults of the rule
/// @param confirmed those that a confirmed case belongs to
/// @param matches   by index of the fault, the confirmed case it belongs to
/// @param refutals  by index of the fault, the case in which people found that it was no such fault, where no confirmed one belongs to it
/// @param misses    confirmed cases without a fault
/// @param leads     of the cases found, the shortest first
record Comparison(int cases, int found, int faults, int confirmed, Map<Integer, Case> matches,
        Map<Integer, Case> refutals, List<Case> misses, List<Duration> leads) {
    /// A fault told longer before the case than this is not what people found.
    static final Duration EARLIEST = Duration.ofDays(14);

    Comparison {
        matches = Map.copyOf(matches);
        refutals = Map.copyOf(refutals);
        misses = List.copyOf(misses);
        leads = List.copyOf(leads);
    }

    static Comparison of(List<Outcome> faults, Collection<Case> cases) {
        Map<String, List<Integer>> ofDevice = new HashMap<>();
        for (int i = 0; i < faults.size(); i++) {
            ofDevice.computeIfAbsent(faults.get(i).device(), _ -> new ArrayList<>()).add(i);
        }
        Map<Integer, Case> matches = new HashMap<>();
        Map<Integer, Case> refutals = new HashMap<>();
        List<Case> misses = new ArrayList<>();
        List<Duration> leads = new ArrayList<>();
        int confirmed = 0;
        for (Case one : cases) {
            List<Integer> of = ofDevice.getOrDefault(one.device(), List.of()).stream()
                    .filter(fault -> belongs(faults.get(fault), one)).toList();
            if (!one.confirmed()) {
                of.forEach(fault -> refutals.putIfAbsent(fault, one));
                continue;
            }
            confirmed++;
            if (of.isEmpty()) {
                misses.add(one);
            } else {
                of.forEach(fault -> matches.putIfAbsent(fault, one));
                leads.add(Duration.between(faults.get(of.getFirst()).openedAt(), one.openedAt()));
            }
        }
        refutals.keySet().removeAll(matches.keySet());
        leads.sort(null);
        return new Comparison(confirmed, confirmed - misses.size(), faults.size(), matches.size(),
                matches, refutals, misses, leads);
    }

    private static boolean belongs(Outcome fault, Case one) {
        Instant cleared = fault.clearedAt();
        return !fault.openedAt().isAfter(one.solvedAt())
                && (cleared == null || !cleared.isBefore(one.openedAt().minus(EARLIEST)));
    }

    /// How many faults people found to be none.
    int refuted() {
        return refutals.size();
    }

    /// The share of faults that people confirmed; empty without faults.
    Optional<Double> precision() {
        return share(confirmed, faults);
    }

    /// The share of confirmed cases that the rule found; empty without cases.
    Optional<Double> recall() {
        return share(found, cases);
    }

    private static Optional<Double> share(int part, int whole) {
        return whole == 0 ? Optional.empty() : Optional.of((double) part / whole);
    }

    /// The lead time that a share of the cases found stays below, by the nearest rank; empty where none was found.
    Optional<Duration> lead(double share) {
        return leads.isEmpty()
                ? Optional.empty()
                : Optional.of(leads.get(Math.max(0, (int) Math.ceil(share * leads.size()) - 1)));
    }
}
