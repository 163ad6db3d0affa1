package io.aftercare.service.warranty;

import io.aftercare.service.warranty.Entitlement.Guarantee;
import io.aftercare.service.warranty.Entitlement.State;
import io.aftercare.service.warranty.Facts.Finding;
import io.aftercare.service.warranty.WarrantyPolicy.ExchangeTerm;
import io.aftercare.service.warranty.WarrantyPolicy.StartKind;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Decides what is covered: pure, one call for one part and one moment.
///
/// Days are those of the policy's zone. The day from which a term counts is not counted itself; the term ends with the day of
/// the same number, or the last day of the month where there is none, and that day still belongs to it (Civil Code of China,
/// articles 201 and 202; the same in Regulation (EEC) 1182/71, article 3). So three months from 30 November end with the last
/// of February, and a year from 29 February ends with 28 February.
public final class Coverage {
    private final WarrantyPolicy policy;
    private final Facts facts;
    private final Instant at;
    private final @Nullable Long ticket;
    private final LocalDate day;
    private final List<Reason> reasons = new ArrayList<>();
    private final List<Reason> needs = new ArrayList<>();

    private record Start(LocalDate day, StartKind kind) {}

    /// Days, both ends included.
    private record Span(LocalDate first, LocalDate last) {
        static Span of(LocalDate first, Period length) {
            return new Span(first, first.plus(length));
        }

        boolean has(LocalDate day) {
            return !day.isBefore(first) && !day.isAfter(last);
        }
    }

    private Coverage(WarrantyPolicy policy, Facts facts, Instant at, @Nullable Long ticket) {
        this.policy = policy;
        this.facts = facts;
        this.at = at;
        this.ticket = ticket;
        this.day = day(at);
    }

    /// @param policy the one that is for the device; empty where there is none
    /// @param ticket the case in which it is asked, null for none; findings about another case do not count
    public static Entitlement decide(Optional<WarrantyPolicy> policy, Facts facts, Instant at,
            @Nullable Long ticket) {
        if (policy.isEmpty()) {
            return new Entitlement(facts.device(), facts.part().serial(), facts.part().kind(), at, false,
                    State.NONE, null, null, null, 0, null, false, List.of(),
                    List.of(Ground.NO_POLICY.of(facts.model(), facts.region())), List.of(Need.POLICY.said()));
        }
        return new Coverage(policy.get(), facts, at, ticket).decide();
    }

    /// The day on which a policy lets the count begin, empty where nothing is known to count from.
    static Optional<LocalDate> start(WarrantyPolicy policy, Facts.Origin origin) {
        return candidate(policy, origin).map(Start::day);
    }

    private Entitlement decide() {
        Facts.Part part = facts.part();
        Facts.Swap left = facts.leftFor();
        Start start = start();
        if (left != null && !at.isBefore(left.at())) {
            reasons.add(Ground.TRANSFERRED.of(day(left.at()), left.other()));
            return result(State.TRANSFERRED, start, null);
        }
        if (part.gone() != null && !at.isBefore(part.gone())) {
            reasons.add(Ground.PART_GONE.of(day(part.gone())));
            return result(State.NONE, start, null);
        }
        Optional<Period> term = policy.term(part.kind());
        if (term.isEmpty()) {
            reasons.add(Ground.CLASS_WITHOUT_TERM.of(part.kind().text()));
            return result(State.NONE, start, null);
        }
        Optional<Finding> voided = finding(Exclusion.Effect.VOID);
        if (voided.isPresent()) {
            reasons.add(Ground.VOIDED.of(about(voided.get()), voided.get().exclusion().words()));
            needs.add(Need.FINDING_WITHDRAWN.said());
            return result(State.VOID, start, null);
        }
        return timed(term.get(), start);
    }

    private Entitlement timed(Period term, @Nullable Start start) {
        Instant repaired = facts.part().repaired();
        Span own = repaired == null ? null : Span.of(day(repaired), policy.repairedPart());
        Span whole = start == null ? null : Span.of(start.day(), term);
        boolean proven = start != null && isProven();
        boolean isLonger = proven && whole != null && own != null && whole.has(day)
                && !whole.last().isBefore(own.last());
        if (own != null && own.has(day) && !isLonger) {
            reasons.add(Ground.REPAIRED_PART.of(own.first(), own.last()));
            return unlessExcluded(start, own.last());
        }
        if (start == null || whole == null) {
            reasons.add(Ground.NO_START.of());
            needs.add(Need.PROOF_OF_PURCHASE.said());
            needs.add(Need.PURCHASE_DATE.said());
            return result(State.UNPROVEN, null, null);
        }
        LocalDate until = whole.last();
        sayStart(start);
        if (!proven) {
            reasons.add(Ground.NO_PROOF.of());
            needs.add(Need.PROOF_OF_PURCHASE.said());
            return result(State.UNPROVEN, start, until);
        }
        if (day.isBefore(start.day())) {
            reasons.add(Ground.NOT_STARTED.of(start.day()));
            return result(State.PENDING, start, until);
        }
        if (day.isAfter(until)) {
            reasons.add(Ground.TERM_OVER.of(until));
            return result(State.EXPIRED, start, until);
        }
        reasons.add(Ground.WITHIN_TERM.of(start.day(), until));
        return unlessExcluded(start, until);
    }

    private Entitlement unlessExcluded(@Nullable Start start, LocalDate until) {
        Optional<Finding> excluded = finding(Exclusion.Effect.FAULT);
        if (excluded.isPresent()) {
            reasons.add(Ground.EXCLUDED.of(about(excluded.get()), excluded.get().exclusion().words()));
            needs.add(Need.FINDING_WITHDRAWN.said());
            return result(State.EXCLUDED, start, until);
        }
        return result(State.ACTIVE, start, until);
    }

    private @Nullable Start start() {
        Facts.Swap came = facts.exchange();
        return came != null && policy.exchange() == ExchangeTerm.RESTART
                ? new Start(day(came.at()), StartKind.PURCHASE)
                : candidate(policy, facts.origin()).orElse(null);
    }

    private void sayStart(Start start) {
        Facts.Swap came = facts.exchange();
        if (came != null) {
            reasons.add((policy.exchange() == ExchangeTerm.RESTART ? Ground.RESTARTED : Ground.CARRIED)
                    .of(came.other()));
        }
        reasons.add(switch (start.kind()) {
            case PURCHASE -> Ground.FROM_PURCHASE.of();
            case ACTIVATION -> Ground.FROM_ACTIVATION.of();
            case PRODUCTION -> Ground.FROM_PRODUCTION.of();
        });
        if (start.kind() != StartKind.PURCHASE) {
            needs.add(Need.PROOF_OF_PURCHASE.said());
        }
    }

    private static Optional<Start> candidate(WarrantyPolicy policy, Facts.Origin origin) {
        return policy.starts().stream().flatMap(kind -> {
            LocalDate known = switch (kind) {
                case PURCHASE -> origin.purchased();
                case ACTIVATION -> origin.activated();
                case PRODUCTION -> origin.produced();
            };
            return Optional.ofNullable(known)
                    .map(date -> kind == StartKind.PRODUCTION ? date.plus(policy.grace()) : date)
                    .map(date -> new Start(date, kind)).stream();
        }).findFirst();
    }

    private boolean isProven() {
        boolean shown = facts.origin().proof() != null;
        return switch (policy.proof()) {
            case DOCUMENT -> shown;
            case RECORD -> shown || facts.origin().recorded();
            case OPTIONAL -> true;
        } || facts.exchange() != null && policy.exchange() == ExchangeTerm.RESTART;
    }

    private Optional<Finding> finding(Exclusion.Effect effect) {
        return facts.findings().stream().filter(one -> policy.exclusions().get(one.exclusion()) == effect)
                .filter(one -> !at.isBefore(one.at()) || isAbout(one))
                .filter(one -> one.component() == null || one.component().equals(facts.part().serial()))
                .filter(one -> effect == Exclusion.Effect.VOID || one.ticket() == null || isAbout(one))
                .findFirst();
    }

    // A case begins before anybody can find something in it, and what was found explains how it began.
    private boolean isAbout(Finding finding) {
        return finding.ticket() != null && finding.ticket().equals(ticket);
    }

    private Words about(Finding finding) {
        String part = finding.component();
        return part == null
                ? new Words("该设备", "the device")
                : new Words("部件 " + part + " ", "the part " + part);
    }

    private LocalDate day(Instant instant) {
        return instant.atZone(policy.zone()).toLocalDate();
    }

    private Entitlement result(State state, @Nullable Start start, @Nullable LocalDate until) {
        boolean covered = state == State.ACTIVE;
        boolean claims = covered || state == State.EXPIRED;
        List<Guarantee> guarantees = start == null || !claims
                ? List.of()
                : policy.windows().stream().map(window -> guarantee(window, start.day())).toList();
        return new Entitlement(facts.device(), facts.part().serial(), facts.part().kind(), at, covered, state,
                start == null ? null : start.day(), until, policy.id(), policy.version(), policy.profile(),
                covered && policy.freeExchange(), guarantees, reasons, needs);
    }

    private Guarantee guarantee(Window window, LocalDate start) {
        LocalDate from = start.plusDays(window.fromDay());
        LocalDate until = start.plusDays(window.untilDay());
        boolean begun = window.fromDay() == 0 ? !day.isBefore(from) : day.isAfter(from);
        return new Guarantee(window.remedy(), window.fromDay() == 0 ? from : from.plusDays(1), until,
                begun && !day.isAfter(until));
    }
}
