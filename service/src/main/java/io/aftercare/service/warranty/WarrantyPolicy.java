package io.aftercare.service.warranty;

import com.fasterxml.jackson.annotation.JsonValue;
import io.aftercare.service.text.Kebab;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One version of a policy, sound as [PolicyReader] found it. Immutable.
///
/// @param from             the version is for what was bought on that day or later; null for everything
/// @param zone             whose days are counted
/// @param starts           what a warranty may be counted from, the first that is known
/// @param grace            added to a day of production, for the way to the customer
/// @param terms            of every class of part; an empty one says that there is no warranty
/// @param windows          of the three guarantees
/// @param repairedPart     own term of a part that a repair fitted (R6)
/// @param freeExchange     whether a quality defect may be exchanged free for as long as the warranty lasts (R2)
/// @param loanerReturnDays how many days after the end of a repair a loaner is due back
public record WarrantyPolicy(String id, int version, Words name, Profile profile, Scope scope,
        @Nullable LocalDate from, ZoneId zone, List<StartKind> starts, Period grace, ProofRule proof,
        Map<ComponentClass, Optional<Period>> terms, List<Window> windows,
        Map<Exclusion, Exclusion.Effect> exclusions, Period repairedPart, ExchangeTerm exchange,
        boolean freeExchange, int loanerReturnDays, Returns returns) {
    public WarrantyPolicy {
        starts = List.copyOf(starts);
        terms = Map.copyOf(terms);
        windows = List.copyOf(windows);
        exclusions = Map.copyOf(exclusions);
    }

    /// What a warranty can be counted from.
    public enum StartKind {
        PURCHASE, ACTIVATION, PRODUCTION;

        static Optional<StartKind> parse(String text) {
            return Kebab.parse(StartKind.class, text);
        }

        @JsonValue
        public String text() {
            return Kebab.of(this);
        }
    }

    /// What has to be shown of the purchase (R4).
    public enum ProofRule {
        /// A receipt or invoice.
        DOCUMENT,
        /// That, or a day of purchase in the register of devices, which is the seller's own record.
        RECORD,
        /// Nothing: without it, the warranty counts from the next start that is known.
        OPTIONAL;

        static Optional<ProofRule> parse(String text) {
            return Kebab.parse(ProofRule.class, text);
        }
    }

    /// What an exchanged device gets.
    public enum ExchangeTerm {
        REMAINDER, RESTART;

        static Optional<ExchangeTerm> parse(String text) {
            return Kebab.parse(ExchangeTerm.class, text);
        }
    }

    Optional<Period> term(ComponentClass part) {
        return terms.getOrDefault(part, Optional.empty());
    }
}
