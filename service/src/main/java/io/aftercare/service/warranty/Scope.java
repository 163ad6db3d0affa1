package io.aftercare.service.warranty;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/// Which devices a policy is for. A name is exact, or ends in `*` and means all that begin so: a family of models, the
/// districts of a country. An empty list means all.
///
/// @param customers as devices name them; a policy for customers is a contract
public record Scope(List<String> models, List<String> regions, List<String> customers) {
    private static final int EXACT = 1_000_000;

    /// How closely a scope names a device; of two policies the closer one is for it: customer before model before region.
    record Closeness(int customer, int model, int region) implements Comparable<Closeness> {
        private static final Comparator<Closeness> ORDER = Comparator.comparingInt(Closeness::customer)
                .thenComparingInt(Closeness::model).thenComparingInt(Closeness::region);

        @Override
        public int compareTo(Closeness other) {
            return ORDER.compare(this, other);
        }
    }

    public Scope {
        models = List.copyOf(models);
        regions = List.copyOf(regions);
        customers = List.copyOf(customers);
    }

    /// Empty where the device is not meant.
    Optional<Closeness> closeness(String model, String region, String customer) {
        OptionalInt byModel = best(models, model);
        OptionalInt byRegion = best(regions, region);
        OptionalInt byCustomer = best(customers, customer);
        return byModel.isPresent() && byRegion.isPresent() && byCustomer.isPresent()
                ? Optional.of(
                        new Closeness(byCustomer.getAsInt(), byModel.getAsInt(), byRegion.getAsInt()))
                : Optional.empty();
    }

    /// Whether there can be a device that both name equally closely, so that nothing would say which policy is for it.
    boolean ties(Scope other) {
        return ties(models, other.models) && ties(regions, other.regions)
                && ties(customers, other.customers);
    }

    private static OptionalInt best(List<String> patterns, String name) {
        return patterns.isEmpty()
                ? OptionalInt.of(0)
                : patterns.stream().filter(pattern -> means(pattern, name)).mapToInt(Scope::weight).max();
    }

    private static boolean means(String pattern, String name) {
        return pattern.endsWith("*")
                ? name.startsWith(pattern.substring(0, pattern.length() - 1))
                : name.equals(pattern);
    }

    private static int weight(String pattern) {
        return pattern.endsWith("*") ? pattern.length() : EXACT;
    }

    // Two patterns of one weight mean a common name only where they are the same.
    private static boolean ties(List<String> some, List<String> others) {
        Stream<String> known = some.stream().filter(others::contains);
        return some.isEmpty() && others.isEmpty() || known.findAny().isPresent();
    }
}
