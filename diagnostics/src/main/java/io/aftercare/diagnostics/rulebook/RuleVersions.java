package io.aftercare.diagnostics.rulebook;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.diagnostics.library.Library;
import io.aftercare.diagnostics.rule.Rule;
import io.aftercare.diagnostics.rulebook.Rules.Stored;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.people.Principal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/// Decides which stored version of a rule is in force. Several rules change together or not at all, and every sample is judged
/// by one set of rules. Thread-safe; calls block.
final class RuleVersions {
    private final Rules rules;

    RuleVersions(Rules rules) {
        this.rules = rules;
    }

    /// A version that is to be in force.
    record Wish(String id, int version) {}

    /// Puts these versions in force together; each is read and tested anew first.
    ///
    /// @param ifMatch the version that must be in force now, where there is one wish
    List<Stored> activate(Principal author, List<Wish> wishes, OptionalInt ifMatch) {
        if (new TreeSet<>(wishes.stream().map(Wish::id).toList()).size() < wishes.size()) {
            throw Problem.invalid("rules", "each rule once");
        }
        List<Stored> stored = rules.database().inTransaction(handle -> {
            List<Stored> changed = new ArrayList<>();
            // In the order of ids, so that two people never wait for each other.
            wishes.stream().sorted(Comparator.comparing(Wish::id))
                    .forEach(wish -> changed.add(activate(handle, author, wish, ifMatch)));
            return changed;
        });
        rules.load();
        return stored;
    }

    private Stored activate(Handle handle, Principal author, Wish wish, OptionalInt ifMatch) {
        Stored now = RuleSql.find(handle, wish.id(), true)
                .orElseThrow(() -> Problem.notFound("rule", wish.id()));
        Optional<Stored> replaced = live(handle, now, ifMatch);
        if (replaced.isPresent() && now.version() == wish.version()) {
            return now;
        }
        Stored wanted = version(handle, wish);
        Rule rule = rules.checked(wish.id(), wanted.source());
        Rules.enforce(handle, author, rule, wish.version(), replaced);
        return audited(handle, author, wish, "rule.activate", replaced);
    }

    /// Returns to the version that was in force before; again and again to the ones before that.
    Stored rollback(Principal author, String id, OptionalInt ifMatch) {
        Stored back = rules.database().inTransaction(handle -> {
            Stored now = RuleSql.find(handle, id, true).orElseThrow(() -> Problem.notFound("rule", id));
            Optional<Stored> replaced = live(handle, now, ifMatch);
            RuleSql.Before before = RuleSql.before(handle, id).orElseThrow(() -> Problem.conflict("Version "
                    + now.version() + " of the rule " + id
                    + " replaced nothing, so there is none to return to"));
            Wish wish = new Wish(id, before.version());
            Rule rule = rules.checked(id, version(handle, wish).source());
            RuleSql.force(handle, id, before.version(), now.since(), before.before(), author.name());
            RuleSql.endFaults(handle, id, rule.fault().code());
            return audited(handle, author, wish, "rule.rollback", replaced);
        });
        rules.load();
        return back;
    }

    /// Lets a rule in force rest, or judge again. What it remembers of devices is kept, and the faults that it has opened stay open until
    /// it judges again or is deleted; a new version of a parked rule is parked too.
    Stored park(Principal author, String id, boolean parked) {
        Stored stored = rules.database().inTransaction(handle -> {
            Stored now = RuleSql.find(handle, id, true).filter(Stored::active)
                    .orElseThrow(() -> Problem.notFound("rule", id));
            if (now.parked() == parked) {
                return now;
            }
            RuleSql.park(handle, id, parked);
            rules.told(handle, author, parked ? "rule.park" : "rule.unpark", id,
                    Json.object().put("version", now.version()));
            return RuleSql.find(handle, id, false).orElseThrow();
        });
        rules.load();
        return stored;
    }

    /// Puts those ready rules in force of which no version is, together.
    ///
    /// @return their ids
    List<String> install(Principal author, List<Library.Entry> entries) {
        List<String> installed = rules.database().inTransaction(handle -> {
            List<String> fresh = new ArrayList<>();
            entries.stream().sorted(Comparator.comparing(entry -> entry.rule().id()))
                    .filter(entry -> install(handle, author, entry))
                    .forEach(entry -> fresh.add(entry.rule().id()));
            return fresh;
        });
        rules.load();
        return installed;
    }

    private boolean install(Handle handle, Principal author, Library.Entry entry) {
        String id = entry.rule().id();
        if (RuleSql.find(handle, id, true).filter(Stored::active).isPresent()) {
            return false;
        }
        Rule rule = rules.checked(id, entry.source());
        int version = RuleSql.newest(handle, id) + 1;
        RuleSql.insert(handle, rule, version, entry.source(), author.name());
        Rules.enforce(handle, author, rule, version, Optional.empty());
        audited(handle, author, new Wish(id, version), "rule.create", Optional.empty());
        return true;
    }

    private static Optional<Stored> live(Handle handle, Stored now, OptionalInt ifMatch) {
        if (now.active()) {
            now.requireVersion(ifMatch);
            return Optional.of(now);
        }
        if (RuleSql.wasEverInForce(handle, now.id())) {
            throw Problem.conflict("The rule " + now.id()
                    + " was deleted, and its faults ended with it: PUT the text of a version to begin anew");
        }
        return Optional.empty();
    }

    private static Stored version(Handle handle, Wish wish) {
        return RuleSql.version(handle, wish.id(), wish.version()).orElseThrow(
                () -> Problem.notFound("version " + wish.version() + " of the rule", wish.id()));
    }

    private Stored audited(Handle handle, Principal author, Wish wish, String deed,
            Optional<Stored> replaced) {
        ObjectNode detail = Json.object().put("version", wish.version());
        replaced.ifPresent(it -> detail.put("before", it.version()));
        rules.told(handle, author, deed, wish.id(), detail);
        return version(handle, wish);
    }
}
