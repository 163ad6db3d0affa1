package io.aftercare.diagnostics.rulebook;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.diagnostics.engine.RuleEngine;
import io.aftercare.diagnostics.rule.ActiveRule;
import io.aftercare.diagnostics.rule.InvalidRule;
import io.aftercare.diagnostics.rule.KnownMetrics;
import io.aftercare.diagnostics.rule.Rule;
import io.aftercare.diagnostics.rule.RuleReader;
import io.aftercare.fleet.audit.Audit;
import io.aftercare.fleet.http.Events;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.people.Principal;
import io.aftercare.fleet.people.Role;
import io.aftercare.fleet.postgres.Database;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.locks.ReentrantLock;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Rules as they are stored: every version is kept, one is in force. A change is checked, tested, stored with its audit entry
/// and the end of the faults that lose their rule, and then put in force for all lanes. Thread-safe; calls block.
public final class Rules {
    private static final Logger LOG = LoggerFactory.getLogger(Rules.class);
    /// Bound on the rules in force.
    static final int RULES_MAX = 1_000;

    private final Database database;
    private final RuleEngine engine;
    private final KnownMetrics known;
    private final Events events;
    private final ReentrantLock lock = new ReentrantLock();

    /// A version of a rule.
    ///
    /// @param parked whether its rule judges nothing for the time being
    public record Stored(String id, int version, int since, boolean active, boolean parked, String source,
            String author, Instant at) {
        /// A [Problem] 412 where somebody wants to change another version than this one.
        void requireVersion(OptionalInt ifMatch) {
            if (ifMatch.isPresent() && ifMatch.getAsInt() != version) {
                throw Problem.staleVersion("rule", id, version);
            }
        }
    }

    /// What a change came to.
    public record Saved(Stored rule, boolean created, boolean changed) {}

    /// A span of time in which a version was in force.
    ///
    /// @param until null while it is
    public record Force(Instant from, @Nullable Instant until, String by) {}

    /// @param open   faults that are open now
    /// @param raised faults that were raised lately
    record Found(int open, int raised) {
        static final Found NOTHING = new Found(0, 0);
    }

    /// A version and when it was in force.
    public record Version(String id, int version, boolean active, String source, String author, Instant at,
            List<Force> inForce) {}

    Rules(Database database, RuleEngine engine, KnownMetrics known, Events events) {
        this.database = database;
        this.engine = engine;
        this.known = known;
        this.events = events;
    }

    Database database() {
        return database;
    }

    /// Puts the stored rules in force. One that this version of the language refuses is left out and named in the log, so that
    /// it does not keep the others from judging. What is in force already is not read again: a version's text never changes.
    void load() {
        lock.lock();
        try {
            Map<String, ActiveRule> inForce = new HashMap<>();
            engine.rules().forEach(rule -> inForce.put(rule.rule().id(), rule));
            List<ActiveRule> rules = new ArrayList<>();
            for (Stored stored : active()) {
                try {
                    rules.add(new ActiveRule(read(stored, inForce), stored.version(),
                            stored.since(), stored.parked()));
                } catch (InvalidRule e) {
                    LOG.error("Rule {} version {} does not judge: {}", stored.id(), stored.version(),
                            e.getMessage());
                }
            }
            engine.activate(rules);
        } finally {
            lock.unlock();
        }
    }

    private static Rule read(Stored stored, Map<String, ActiveRule> inForce) {
        ActiveRule now = inForce.get(stored.id());
        return now != null && now.version() == stored.version()
                ? now.rule()
                : RuleReader.read(stored.source());
    }

    private List<Stored> active() {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(RuleSql.SELECT + " WHERE r.active ORDER BY r.id")
                        .map((row, context) -> RuleSql.map(row)).list());
    }

    /// Saves a version of a rule and, unless it is a draft, puts it in force.
    ///
    /// @param activate whether it is put in force now
    /// @param ifMatch  the version in force that is changed; needed where the rule is in force and its text differs
    Saved put(Principal author, String id, String source, boolean activate, OptionalInt ifMatch) {
        Rule rule = checked(id, source);
        Saved saved = database.inTransaction(handle -> {
            Optional<Stored> before = RuleSql.find(handle, rule.id(), true);
            boolean live = before.isPresent() && before.get().active();
            if (live) {
                Stored now = before.get();
                now.requireVersion(ifMatch);
                if (now.source().equals(source)) {
                    return new Saved(now, false, false);
                }
                if (activate && ifMatch.isEmpty()) {
                    throw Problem.of(428, "Version needed", "The rule " + rule.id() + " exists with version "
                            + now.version() + ": send If-Match: \"" + now.version() + "\" to replace it");
                }
            }
            int version = RuleSql.newest(handle, rule.id()) + 1;
            RuleSql.insert(handle, rule, version, source, author.name());
            if (activate) {
                enforce(handle, author, rule, version, before.filter(Stored::active));
            }
            ObjectNode detail = Json.object().put("version", version);
            before.ifPresent(it -> detail.put("before", it.version()));
            told(handle, author, activate ? live ? "rule.change" : "rule.create" : "rule.draft", rule.id(),
                    detail);
            return new Saved(RuleSql.version(handle, rule.id(), version).orElseThrow(), !live, true);
        });
        if (saved.changed() && activate) {
            load();
        }
        return saved;
    }

    /// Writes what was done to a rule into the audit, and tells the live pages after the commit.
    void told(Handle handle, Principal author, String deed, String id, ObjectNode detail) {
        Audit.append(handle, author, deed, "rule/" + id, detail);
        handle.afterCommit(() -> events.publish("rule.changed",
                Json.object().put("id", id).put("change", deed.substring("rule.".length())),
                reader -> !reader.has(Role.PARTNER)));
    }

    /// Puts a stored version in force, in the caller's transaction; the caller loads afterwards. The first version of a rule
    /// that was deleted takes over nothing of what was before.
    ///
    /// @param replaced what is in force
    static void enforce(Handle handle, Principal author, Rule rule, int version, Optional<Stored> replaced) {
        if (replaced.isEmpty() && RuleSql.countActive(handle) >= RULES_MAX) {
            throw Problem.conflict("There are " + RULES_MAX + " rules in force already: delete one first");
        }
        int since = replaced.map(Stored::since)
                .orElseGet(() -> RuleSql.wasEverInForce(handle, rule.id()) ? version : 1);
        RuleSql.force(handle, rule.id(), version, since, replaced.map(Stored::version).orElse(null),
                author.name());
        RuleSql.endFaults(handle, rule.id(), rule.fault().code());
    }

    /// A document that may be put in force under this id, read; or a [Problem] with all that is wrong.
    Rule checked(String id, String source) {
        Rule rule = read(source);
        if (!rule.id().equals(id)) {
            throw Problem.invalid("id", "the document says " + rule.id() + " and the address says " + id);
        }
        List<RuleTests.Failure> failures = RuleTests.run(rule);
        if (!failures.isEmpty()) {
            throw Problem.invalid("The rule fails its own tests: " + failures.getFirst(), failures.stream()
                    .map(failure -> new Problem.FieldError("tests", failure.toString())).toList());
        }
        requireNoCircle(rule);
        return rule;
    }

    private void requireNoCircle(Rule rule) {
        List<Rule> all = new ArrayList<>(engine.rules().stream().map(ActiveRule::rule)
                .filter(other -> !other.id().equals(rule.id())).toList());
        all.add(rule);
        new RuleDependencies(all).circle(rule.fault().code()).ifPresent(circle -> {
            throw Problem.invalid("depends_on", "the codes would wait for each other: "
                    + String.join(" → ", circle) + "; leave one of these out");
        });
    }

    /// A document that can be read as a rule, or a [Problem] with all that is wrong with it.
    Rule read(String source) {
        try {
            return RuleReader.read(source, known);
        } catch (InvalidRule e) {
            throw Problem.invalid(e.issues().getFirst().toString(), e.issues().stream()
                    .map(issue -> new Problem.FieldError(issue.field().isEmpty() ? "body" : issue.field(),
                            "line " + issue.line() + ", column " + issue.column() + ": " + issue.message()))
                    .toList());
        }
    }

    /// Says what is wrong with a document, or what it would be; changes nothing.
    ObjectNode check(String source) {
        return RuleCheck.of(source, known);
    }

    /// Takes a rule out of force and ends its open faults; its versions stay.
    void delete(Principal author, String id, OptionalInt ifMatch) {
        database.useTransaction(handle -> {
            Stored now = RuleSql.find(handle, id, true).filter(Stored::active)
                    .orElseThrow(() -> Problem.notFound("rule", id));
            now.requireVersion(ifMatch);
            RuleSql.deactivate(handle, id);
            RuleSql.endFaults(handle, id, "");
            told(handle, author, "rule.delete", id,
                    Json.object().put("version", now.version()));
        });
        load();
    }

    Optional<Stored> find(String id) {
        return database.jdbi().withHandle(handle -> RuleSql.find(handle, id, false)).filter(Stored::active);
    }

    /// By id.
    ///
    /// @param all also rules that were never in force, or are no more
    List<Stored> list(String after, int limit, boolean all) {
        return database.jdbi().withHandle(handle -> handle
                .createQuery(RuleSql.SELECT
                        + " WHERE (r.active OR :all) AND r.id > :after ORDER BY r.id LIMIT :limit")
                .bind("all", all).bind("after", after).bind("limit", limit)
                .map((row, context) -> RuleSql.map(row)).list());
    }

    /// What rules have found: by id, [Found#NOTHING] where one has found nothing.
    Map<String, Found> found(List<String> ids, Instant since) {
        return database.jdbi().withHandle(handle -> RuleSql.found(handle, ids, since));
    }

    /// The newest first.
    List<Version> versions(String id, long before, int limit) {
        return database.jdbi().withHandle(handle -> {
            var forces = RuleSql.forces(handle, id);
            return RuleSql.versions(handle, id, before, limit).stream()
                    .map(stored -> new Version(stored.id(), stored.version(), stored.active(),
                            stored.source(),
                            stored.author(), stored.at(), forces.getOrDefault(stored.version(), List.of())))
                    .toList();
        });
    }
}
