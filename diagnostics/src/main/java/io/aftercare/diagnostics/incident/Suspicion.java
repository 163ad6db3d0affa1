package io.aftercare.diagnostics.incident;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Which part of a model's devices a fault seems to come from, with the numbers. Pure.
///
/// Every value of firmware, batch, hardware and region is tested against all other devices of the model. The smallest p, times the
/// number of groups there are (Bonferroni: also those without a fault, for they might have had it), must stay under the look's share of the false alarm rate: look number j of an
/// incident may spend rate / (j (j + 1)), and all looks together spend no more than the rate.
///
/// @param groups  all that were tested, the least probable first
/// @param suspect the first of them, where chance does not explain it
public record Suspicion(List<Group> groups, Optional<Group> suspect) {
    /// Of an incident in which nothing in particular is wrong, that some part is named all the same.
    static final double FALSE_ALARM_RATE = 0.01;
    static final List<String> DIMENSIONS = List.of("firmware", "batch", "hardware", "region");
    private static final int SHOWN_MAX = 10;

    public Suspicion {
        groups = List.copyOf(groups);
    }

    /// Devices alike in all dimensions.
    record Cell(String firmware, String batch, String hardware, String region, int devices) {
        String of(String dimension) {
            return switch (dimension) {
                case "firmware" -> firmware;
                case "batch" -> batch;
                case "hardware" -> hardware;
                case "region" -> region;
                default -> throw new IllegalArgumentException("There is no dimension " + dimension);
            };
        }
    }

    private record Tested(Group group, double p) {}

    /// @param affected devices with the fault
    /// @param exposed  all devices of the model
    /// @param look     how often this incident's numbers were tested, this time included
    static Suspicion of(List<Cell> affected, List<Cell> exposed, int look) {
        List<Tested> tested = new ArrayList<>();
        int looked = 0;
        for (String dimension : DIMENSIONS) {
            looked += Math.max(1, count(exposed, cell -> cell.of(dimension)).size());
            for (Group group : groups(dimension, affected, exposed)) {
                tested.add(new Tested(group, group.standsOut() ? group.p() : 1));
            }
        }
        // Of groups that are the same devices the firmware is named first, because something can be done about it.
        tested.sort(Comparator.comparingDouble(Tested::p)
                .thenComparingInt(one -> DIMENSIONS.indexOf(one.group().dimension())));
        double allowed = FALSE_ALARM_RATE / ((double) look * (look + 1));
        double each = allowed / looked;
        Optional<Group> suspect = tested.stream().limit(1).filter(one -> one.p() < each)
                .map(Tested::group).findFirst();
        return new Suspicion(tested.stream().limit(SHOWN_MAX).map(Tested::group).toList(), suspect);
    }

    /// A dimension in which all devices are alike tells nothing.
    private static List<Group> groups(String dimension, List<Cell> affected, List<Cell> exposed) {
        Map<String, Integer> all = count(exposed, cell -> cell.of(dimension));
        Map<String, Integer> hit = count(affected, cell -> cell.of(dimension));
        int exposedSum = Math.max(sum(all), sum(hit));
        int hitSum = sum(hit);
        List<Group> groups = new ArrayList<>();
        hit.forEach((value, count) -> {
            int own = Math.max(count, all.getOrDefault(value, 0));
            boolean isNamed = !value.isEmpty() || dimension.equals("firmware");
            if (isNamed && own < exposedSum) {
                groups.add(new Group(dimension, value, count, own, hitSum - count, exposedSum - own));
            }
        });
        return groups;
    }

    static Map<String, Integer> count(List<Cell> cells, Function<Cell, String> by) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        cells.forEach(cell -> counts.merge(by.apply(cell), cell.devices(), Integer::sum));
        return counts;
    }

    private static int sum(Map<String, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    /// What was found, as a code: `suspect`, `none` where nothing stands out, `alike` where nothing could.
    String finding() {
        return suspect.isPresent() ? "suspect" : groups.isEmpty() ? "alike" : "none";
    }

    /// The numbers, for people.
    String inWords() {
        if (suspect.isEmpty()) {
            return groups.isEmpty()
                    ? "All devices of the model are alike, so that no part of them stands out"
                    : "No part of the model stands out; the nearest is " + groups.getFirst().inWords();
        }
        Group group = suspect.get();
        Group.Odds odds = group.odds();
        return group.inWords()
                + String.format(Locale.ROOT, "; odds %.3g times theirs (95 %%: %.3g to %.3g), p = %.2g",
                        odds.ratio(), odds.low(), odds.high(), group.p());
    }
}
