package io.aftercare.ota.release;

import com.fasterxml.jackson.databind.JsonNode;
import java.security.PublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Who may sign what: the document by which the firmware team's keys are exchanged without touching a device. Version n + 1
/// is signed by enough of the root keys of version n and enough of its own. After TUF's root role (specification 1.0.33,
/// sections 4.3 and 5.3), without its snapshot, timestamp and delegations.
///
/// @param version      1 for the first; each next one is one higher
/// @param keys         Ed25519 keys by their ids; no key is there twice, so that nobody counts as two
/// @param root         who signs the next root
/// @param release      who signs releases
/// @param assignment   the server's online keys, which are in no other role
/// @param counterReset product to counter: a device that takes this root over lowers its counter to that, which undoes a
///                     counter driven up by a stolen key
public record Root(long version, Instant issued, Instant expires, Map<String, PublicKey> keys, Role root,
        Role release, Role assignment, Map<String, Long> counterReset) {
    /// Bound on an envelope with a root: it must fit into one chunk over MQTT.
    public static final int BYTES_MAX = 48 * 1024;
    private static final Set<String> FIELDS = Set.of("version", "issued", "expires", "keys", "roles",
            "counterReset");
    private static final Pattern KEY_ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final int KEYS_MAX = 32;

    /// A role: so many of these keys must sign.
    public record Role(List<String> keyids, int threshold) {
        public Role {
            keyids = List.copyOf(keyids);
        }
    }

    public Root {
        keys = Map.copyOf(keys);
        counterReset = Map.copyOf(counterReset);
    }

    static Root parse(byte[] payload) {
        JsonNode tree = StrictJson.object("root", payload);
        StrictJson.onlyFields("root", tree, FIELDS);
        JsonNode roles = inner(tree, "roles");
        StrictJson.onlyFields("root's roles", roles, Set.of("root", "release", "assignment"));
        Map<String, PublicKey> keys = keys(inner(tree, "keys"));
        Root root = new Root(StrictJson.positive("root", tree, "version"),
                StrictJson.instant("root", tree, "issued"), StrictJson.instant("root", tree, "expires"), keys,
                role(roles, "root", keys), role(roles, "release", keys), role(roles, "assignment", keys),
                resets(tree));
        root.check();
        return root;
    }

    private void check() {
        if (!expires.isAfter(issued)) {
            throw Refused.malformed("The root expires before it is issued");
        }
        Set<String> offline = new TreeSet<>(root.keyids());
        offline.addAll(release.keyids());
        offline.retainAll(assignment.keyids());
        if (!offline.isEmpty()) {
            throw Refused.malformed("The assignment key lies on the server, so it may have no other role: "
                    + String.join(", ", offline));
        }
        if (assignment.threshold() != 1) {
            throw Refused.malformed("The assignment role's threshold is 1: the server signs alone");
        }
    }

    /// The keys of a role, by their ids.
    Map<String, PublicKey> keys(Role role) {
        Map<String, PublicKey> of = new LinkedHashMap<>();
        role.keyids().forEach(id -> of.put(id, key(id)));
        return of;
    }

    private PublicKey key(String id) {
        PublicKey key = keys.get(id);
        if (key == null) {
            throw new IllegalStateException("parse lets no role name a key that is not there: " + id);
        }
        return key;
    }

    /// Refuses a root whose time is over.
    void checkTime(Instant now) {
        if (!now.isBefore(expires)) {
            throw new Refused(Refused.Reason.ROOT_EXPIRED, "root version " + version + " expired at "
                    + expires + "; sign the next version and upload it with POST /api/v1/roots");
        }
    }

    /// Whether enough release keys signed.
    ///
    /// @return the ids of those that did
    Set<String> checkRelease(Envelope envelope) {
        envelope.requireType(Envelope.MANIFEST_TYPE);
        return enough(envelope, release, "release");
    }

    /// Whether devices that hold this root would take the release.
    boolean covers(Envelope release) {
        return release.signers(keys(this.release)).size() >= this.release.threshold();
    }

    /// Whether `next` may take this root's place: the version after this, signed by enough of both.
    void checkSuccessor(Root next, Envelope envelope) {
        if (next.version != version + 1) {
            throw new Refused(Refused.Reason.OUT_OF_ORDER, "root version " + next.version
                    + " does not follow version " + version + ", the newest; versions go up one by one");
        }
        enough(envelope, root, "root");
        next.checkOwn(envelope);
    }

    /// Whether enough of its own root keys signed it.
    void checkOwn(Envelope envelope) {
        enough(envelope, root, "root");
    }

    private Set<String> enough(Envelope envelope, Role role, String name) {
        Set<String> signers = envelope.signers(keys(role));
        if (signers.size() >= role.threshold()) {
            return signers;
        }
        String wanted = role.threshold() + " of the " + name + " keys " + String.join(", ", role.keyids())
                + " of root version " + version + " must sign";
        if (signers.isEmpty()) {
            boolean named = envelope.signatures().stream()
                    .anyMatch(signature -> role.keyids().contains(signature.keyid()));
            throw named
                    ? new Refused(Refused.Reason.TAMPERED, "no signature fits the payload: it was changed, or"
                            + " another key of that name signed it; " + wanted)
                    : new Refused(Refused.Reason.WRONG_KEY, "none of the signatures is by such a key; "
                            + wanted);
        }
        throw new Refused(Refused.Reason.TOO_FEW, wanted + ", signed have " + signers.size() + ": "
                + String.join(", ", signers));
    }

    private static JsonNode inner(JsonNode tree, String field) {
        JsonNode node = tree.get(field);
        if (node == null || !node.isObject()) {
            throw Refused.malformed("The root needs \"" + field + "\", a JSON object");
        }
        return node;
    }

    private static Map<String, PublicKey> keys(JsonNode tree) {
        Map<String, PublicKey> keys = new HashMap<>();
        Map<PublicKey, String> seen = new HashMap<>();
        for (Map.Entry<String, JsonNode> entry : tree.properties()) {
            String id = entry.getKey();
            if (!KEY_ID.matcher(id).matches()) {
                throw Refused.malformed("A key id of the root is not 1 to 64 of A-Z a-z 0-9 . _ -");
            }
            PublicKey key = Ed25519.publicKey(StrictJson.text("root's keys", tree, id));
            String other = seen.put(key, id);
            if (other != null) {
                throw Refused.malformed("The root has one key under two ids, " + other + " and " + id
                        + ": its holder would count as two");
            }
            keys.put(id, key);
        }
        if (keys.size() > KEYS_MAX) {
            throw Refused.malformed("The root has more than " + KEYS_MAX + " keys");
        }
        return keys;
    }

    private static Role role(JsonNode roles, String name, Map<String, PublicKey> keys) {
        JsonNode tree = inner(roles, name);
        StrictJson.onlyFields("root's role " + name, tree, Set.of("keyids", "threshold"));
        JsonNode list = tree.get("keyids");
        if (list == null || !list.isArray() || list.isEmpty()) {
            throw Refused.malformed("The root's role " + name + " needs \"keyids\"");
        }
        Collection<String> ids = new LinkedHashSet<>();
        for (JsonNode id : list) {
            if (!keys.containsKey(id.asText()) || !ids.add(id.asText())) {
                throw Refused.malformed("The root's role " + name + " names key \"" + id.asText()
                        + "\", which is not among its keys or is named twice");
            }
        }
        long threshold = StrictJson.positive("root's role " + name, tree, "threshold");
        if (threshold > ids.size()) {
            throw Refused.malformed("The root's role " + name + " wants " + threshold + " signatures of "
                    + ids.size() + " keys");
        }
        return new Role(new ArrayList<>(ids), (int) threshold);
    }

    private static Map<String, Long> resets(JsonNode tree) {
        Map<String, Long> resets = new HashMap<>();
        if (tree.hasNonNull("counterReset")) {
            JsonNode given = inner(tree, "counterReset");
            given.fieldNames().forEachRemaining(
                    product -> resets.put(product, StrictJson.positive("counterReset", given, product)));
        }
        return resets;
    }
}
