package io.aftercare.diagnostics.rulebook;

import io.aftercare.fleet.search.Finder;

/// Finds the rules in force by id, title (in any language) and fault code; there are at most [Rules#RULES_MAX].
public final class RuleFinder {
    private RuleFinder() {}

    public static Finder finder() {
        return Finder.of("rule", "listRules",
                (handle, wanted) -> handle
                        .createQuery(
                                """
                                        SELECT r.id, coalesce(v.document->>'title', r.id) AS title,
                                            concat_ws(' · ', r.id, v.document->'fault'->>'code') AS sub
                                        FROM diagnostics.rule r JOIN diagnostics.rule_version v ON v.rule = r.id AND v.version = r.version
                                        WHERE r.active AND position(:lower IN
                                            lower(concat_ws(' ', r.id, v.document->>'title', v.document->'titles'->>'zh', v.document->'titles'->>'en', v.document->'fault'->>'code'))) > 0
                                        ORDER BY lower(r.id) <> :lower, r.id LIMIT :limit""")
                        .bind("lower", wanted.lower())
                        .bind("limit", wanted.limit()));
    }
}
