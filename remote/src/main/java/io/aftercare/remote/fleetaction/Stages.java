package io.aftercare.remote.fleetaction;

import io.aftercare.fleet.digest.Sha256;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Says who is in which stage. Who comes first is drawn by a hash that differs from one fleet action to the next: at random, and yet
/// the same however often it is asked. Named canaries come before all others.
final class Stages {
    private Stages() {}

    /// A device's place.
    record Place(String device, int stage) {}

    /// Every device with its stage, those who come first in front.
    static List<Place> places(String seed, List<String> devices, List<String> canaries,
            List<FleetPlan.Stage> stages) {
        Set<String> named = new HashSet<>(canaries);
        List<String> order = new ArrayList<>(canaries);
        devices.stream().filter(device -> !named.contains(device))
                .map(device -> new Drawn(device, Sha256.hex(seed + "/" + device)))
                .sorted(Comparator.comparing(Drawn::hash)).forEach(drawn -> order.add(drawn.device()));
        List<Place> places = new ArrayList<>(order.size());
        int stage = 0;
        for (int i = 0; i < order.size(); i++) {
            while (stage < stages.size() - 1 && i >= stages.get(stage).upTo(order.size(), canaries.size())) {
                stage++;
            }
            places.add(new Place(order.get(i), stage));
        }
        return places;
    }

    private record Drawn(String device, String hash) {}
}
