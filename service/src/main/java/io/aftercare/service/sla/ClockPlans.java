package io.aftercare.service.sla;

import io.aftercare.service.calendar.Calendars;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/// Says what is promised for a case, by the policy in force and the calendars as they are now. Thread-safe.
public final class ClockPlans {
    private final Grades grades;

    public ClockPlans(Grades grades) {
        this.grades = grades;
    }

    /// The clocks of a case that begins now.
    ///
    /// @param customer whether a customer waits for an answer
    public Clocks start(Handle handle, CaseFacts facts, boolean customer, Instant now) {
        Map<ClockType, Terms> terms = terms(handle, facts);
        if (!customer) {
            terms.remove(ClockType.CONTACT);
        }
        return Clocks.start(terms, now);
    }

    /// What is promised now, by type of clock; none for a type of which nothing is.
    Map<ClockType, Terms> terms(Handle handle, CaseFacts facts) {
        Policies.Stored policy = Policies.inForce(handle);
        PolicyCase one = new PolicyCase(grades.of(handle, facts.device(), facts.contact()),
                region(handle, facts.device()), facts.priority(), facts.origin());
        Map<ClockType, Terms> terms = new EnumMap<>(ClockType.class);
        Stream.of(ClockType.values()).forEach(type -> policy.document().promise(type, one)
                .filter(promise -> !promise.isNone())
                .ifPresent(promise -> terms.put(type, terms(handle, policy, promise, one.region()))));
        return terms;
    }

    private static Terms terms(Handle handle, Policies.Stored policy, Promise promise, String region) {
        SlaPolicy document = policy.document();
        String business = document.calendar(region);
        String id = promise.always() ? "always" : Optional.ofNullable(promise.calendar()).orElse(business);
        return new Terms(policy.name(), Calendars.named(handle, current(handle, id, promise.inDays())),
                promise.time(), document.steps(), current(handle, business, false));
    }

    private static String current(Handle handle, String id, boolean days) {
        return Calendars.current(handle, id, days).orElseThrow(
                () -> new IllegalStateException(
                        "The policy in force names the calendar " + id + ", which is gone"));
    }

    private static String region(Handle handle, String device) {
        return handle.createQuery("SELECT region FROM fleet.device WHERE id = :device").bind("device", device)
                .mapTo(String.class).findOne().orElse("");
    }
}
