package io.aftercare.service.engineer;

import io.aftercare.service.text.Cause;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/// Engineers as other rooms meet them: who may be sent, and which tools are in order. Works in the caller's transaction;
/// thread-safe.
public final class Engineers {
    /// Somebody, and everything that is against sending them.
    ///
    /// @param refusals empty where they may go
    public record Fitness(Engineer engineer, List<Cause> refusals) {
        public Fitness {
            refusals = List.copyOf(refusals);
        }
    }

    /// What is wrong with tools.
    ///
    /// @param refuse whether that stops the work; otherwise it is a warning
    public record ToolCheck(boolean refuse, List<Cause> troubles) {
        public ToolCheck {
            troubles = List.copyOf(troubles);
        }
    }

    /// Everybody, by name; who is off has that as a refusal.
    public List<Fitness> all(Handle handle) {
        return EngineerStore.all(handle).stream()
                .map(one -> new Fitness(one, one.off() ? List.of(off(one)) : List.of()))
                .toList();
    }

    /// Whether each engineer may work on a model from `start` to `end`: skill, certificate (R56), hours, contract (R69).
    public List<Fitness> fitness(Handle handle, String model, Instant start, Instant end, Instant now) {
        Optional<Standard> standard = CertificationStore.inForce(handle, model, end);
        Map<String, List<Certification>> certificates = CertificationStore.forModel(handle, model).stream()
                .collect(Collectors.groupingBy(Certification::engineer));
        Map<String, Partner> partners = PartnerStore.all(handle).stream()
                .collect(Collectors.toMap(Partner::outlet, partner -> partner));
        List<Fitness> all = new ArrayList<>();
        for (Engineer one : EngineerStore.all(handle)) {
            List<Cause> refusals = new ArrayList<>();
            if (one.off()) {
                refusals.add(off(one));
            }
            if (!one.profile().skills().contains(model)) {
                refusals.add(Cause.of("unskilled", one.name() + " is not skilled for " + model)
                        .with("engineer", one.name()).with("model", model));
            }
            uncertified(one.name(), model, standard, certificates.getOrDefault(one.name(), List.of()), end,
                    now)
                    .ifPresent(refusals::add);
            if (!one.profile().shift().covers(start, end)) {
                refusals.add(
                        Cause.of("outside-hours", "the time is outside the working hours of " + one.name())
                                .with("engineer", one.name()));
            }
            if (!one.outlet().isEmpty()) {
                Partner.refusal(one.outlet(), Optional.ofNullable(partners.get(one.outlet())), day(end))
                        .ifPresent(refusals::add);
            }
            all.add(new Fitness(one, refusals));
        }
        return all;
    }

    /// What is wrong with the tools that work on that day needs (R76).
    public ToolCheck tools(Handle handle, Collection<String> serials, Instant at) {
        List<Cause> troubles = serials.stream().distinct().sorted()
                .flatMap(serial -> ToolStore.find(handle, serial).map(tool -> tool.trouble(day(at)))
                        .orElse(Optional.of(unregistered(serial))).stream())
                .toList();
        boolean refuse = EngineerSettings.SETTING.of(handle)
                .overdueTool() == EngineerSettings.OverdueTool.REFUSE;
        return new ToolCheck(refuse, troubles);
    }

    private static Cause off(Engineer one) {
        return Cause.of("off", one.name() + " is off").with("engineer", one.name());
    }

    private static Cause unregistered(String serial) {
        return Cause.of("tool-unknown", "there is no tool " + serial + " in the register")
                .with("tool", serial);
    }

    // Of several certificates one that is good is enough; otherwise the newest says what is wrong.
    private static Optional<Cause> uncertified(String engineer, String model, Optional<Standard> standard,
            List<Certification> newestFirst, Instant at, Instant now) {
        if (standard.isEmpty()) {
            return Optional.of(Cause.of("no-standard", "there is no certification standard for " + model
                    + " yet; make one at POST /api/v1/certification-standards").with("model", model));
        }
        if (newestFirst.isEmpty()) {
            return Optional.of(Cause.of("uncertified", engineer + " has no certification for " + model)
                    .with("engineer", engineer).with("model", model));
        }
        Standard needed = standard.get();
        boolean good = newestFirst.stream().anyMatch(one -> one.refusal(needed, at, now).isEmpty());
        Certification shown = newestFirst.stream().filter(one -> one.term() != null).findFirst()
                .orElse(newestFirst.getFirst());
        return good ? Optional.empty() : shown.refusal(needed, at, now);
    }

    private static LocalDate day(Instant at) {
        return at.atZone(ZoneOffset.UTC).toLocalDate();
    }
}
