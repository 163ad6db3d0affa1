package io.aftercare.service.warranty;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The policies in force, and which of them is for a device. Pure.
///
/// @param policies by id, each with its versions, the newest first
record PolicyBook(Map<String, List<WarrantyPolicy>> policies) {
    static PolicyBook of(Collection<PolicyStore.Version> versions) {
        Map<String, List<WarrantyPolicy>> policies = new LinkedHashMap<>();
        Map<String, Boolean> withdrawn = new LinkedHashMap<>();
        for (PolicyStore.Version version : versions) {
            withdrawn.putIfAbsent(version.id(), version.withdrawn());
            if (!Boolean.TRUE.equals(withdrawn.get(version.id())) && !version.withdrawn()) {
                policies.computeIfAbsent(version.id(), _ -> new ArrayList<>()).add(version.policy());
            }
        }
        return new PolicyBook(policies);
    }

    /// The policy for a device: the one whose scope names it most closely, in the newest version for what was bought that day.
    ///
    /// @param named  the policy that the product names for itself, null for none; it wins over scopes without a customer
    /// @param origin its days, of which each version takes the start that it counts from
    Optional<WarrantyPolicy> choose(String model, String region, String customer, @Nullable String named,
            Facts.Origin origin) {
        Optional<WarrantyPolicy> best = policies.values().stream()
                .flatMap(versions -> version(versions, origin).stream())
                .filter(policy -> policy.scope().closeness(model, region, customer).isPresent())
                .max(Comparator.comparing(policy -> policy.scope().closeness(model, region, customer)
                        .orElseThrow()));
        Optional<WarrantyPolicy> own = Optional.ofNullable(named).map(policies::get)
                .flatMap(versions -> version(versions, origin));
        boolean isContract = best.map(policy -> !policy.scope().customers().isEmpty()).orElse(false);
        return own.isPresent() && !isContract ? own : best;
    }

    /// Those whose newest version could name a device as closely as `policy` does.
    List<String> ties(WarrantyPolicy policy) {
        return policies.entrySet().stream().filter(entry -> !entry.getKey().equals(policy.id()))
                .filter(entry -> entry.getValue().stream().anyMatch(one -> one.scope().ties(policy.scope())))
                .map(Map.Entry::getKey).toList();
    }

    private static Optional<WarrantyPolicy> version(List<WarrantyPolicy> versions, Facts.Origin origin) {
        return versions.stream().filter(version -> {
            LocalDate from = version.from();
            return from == null
                    || Coverage.start(version, origin).map(start -> !start.isBefore(from)).orElse(true);
        }).findFirst();
    }
}
