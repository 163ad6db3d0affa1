package io.aftercare.ota.release;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the firmware team signs: one release of one product, with all its components.
///
/// @param product  the model that it is for
/// @param hardware revisions that it runs on; empty means all
/// @param counter  only ever grows within a product: a device refuses a lower one
/// @param minFrom  the oldest version that may update to this one; empty means any
/// @param fixes    codes of the faults that it mends
/// @param expires  after this a device refuses the manifest
/// @param revertTo the lowest counter that a device running this release may be told to return to; null: none. Signed in
///                 advance, so that a server cannot downgrade what the firmware team has not allowed
public record Manifest(String product, List<String> hardware, long counter, String version, String minFrom,
        List<Component> artifacts, List<String> fixes, Instant issued, Instant expires,
        @Nullable Long revertTo) {
    private static final Set<String> FIELDS = Set.of("product", "hardware", "counter", "version", "minFrom",
            "artifacts", "fixes", "issued", "expires", "revertTo");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+-]{0,127}");
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final int LIST_MAX = 64;

    /// One artifact of the release.
    ///
    /// @param name   file name, unique in the manifest
    /// @param size   bytes
    /// @param sha256 lower-case hexadecimal
    /// @param deltas ways to make it from an earlier one
    public record Component(String name, long size, String sha256, List<Delta> deltas) {
        public Component {
            deltas = List.copyOf(deltas);
        }

        public Component(String name, long size, String sha256) {
            this(name, size, sha256, List.of());
        }
    }

    public Manifest {
        hardware = List.copyOf(hardware);
        artifacts = List.copyOf(artifacts);
        fixes = List.copyOf(fixes);
    }

    public static Manifest parse(byte[] payload) {
        JsonNode tree = StrictJson.object("manifest", payload);
        StrictJson.onlyFields("manifest", tree, FIELDS);
        String version = named("version", StrictJson.text("manifest", tree, "version"));
        String minFrom = StrictJson.optionalText("manifest", tree, "minFrom");
        Manifest manifest = new Manifest(StrictJson.text("manifest", tree, "product"),
                texts(tree, "hardware"),
                StrictJson.positive("manifest", tree, "counter"), version,
                minFrom == null || minFrom.isEmpty() ? "" : named("minFrom", minFrom), components(tree),
                texts(tree, "fixes"), StrictJson.instant("manifest", tree, "issued"),
                StrictJson.instant("manifest", tree, "expires"), revertTo(tree));
        manifest.checkVersions();
        if (!manifest.expires.isAfter(manifest.issued)) {
            throw Refused.malformed("The manifest expires before it is issued");
        }
        if (manifest.revertTo != null && manifest.revertTo >= manifest.counter) {
            throw Refused.malformed("The manifest's \"revertTo\" of " + manifest.revertTo
                    + " is not below its counter of " + manifest.counter);
        }
        return manifest;
    }

    // what cannot be ordered would be offered to nobody, or to everybody
    private void checkVersions() {
        if (Version.of(version).isEmpty()) {
            throw Refused.malformed(
                    "The manifest's \"version\" " + version + " is none such as 2.4.0 or 2.4.0-rc.1");
        }
        if (!minFrom.isEmpty() && (Version.of(minFrom).isEmpty() || Version.below(version, minFrom))) {
            throw Refused
                    .malformed("The manifest's \"minFrom\" " + minFrom + " is no version up to " + version);
        }
    }

    /// Refuses a manifest whose time is over: its sender may be holding back newer ones.
    public void checkTime(Instant now) {
        if (!now.isBefore(expires)) {
            throw new Refused(Refused.Reason.EXPIRED,
                    "the manifest expired at " + expires + "; sign it anew with a later \"expires\"");
        }
    }

    public long size() {
        return artifacts.stream().mapToLong(Component::size).sum();
    }

    /// All deltas, in the order in which they are signed.
    public List<Delta> deltas() {
        return artifacts.stream().flatMap(each -> each.deltas().stream()).toList();
    }

    /// All files of the release: the artifacts, then the deltas.
    public List<Component> files() {
        return Stream.concat(artifacts.stream(), deltas().stream().map(Delta::file)).toList();
    }

    private static @Nullable Long revertTo(JsonNode tree) {
        JsonNode given = tree.get("revertTo");
        return given == null || given.isNull() ? null : StrictJson.positive("manifest", tree, "revertTo");
    }

    private static List<Component> components(JsonNode tree) {
        JsonNode list = tree.get("artifacts");
        if (list == null || !list.isArray() || list.isEmpty() || list.size() > LIST_MAX) {
            throw Refused.malformed("The manifest needs 1 to " + LIST_MAX + " \"artifacts\"");
        }
        List<Component> components = new ArrayList<>();
        Set<String> names = new LinkedHashSet<>();
        for (JsonNode entry : list) {
            if (!entry.isObject()) {
                throw Refused.malformed("An artifact of the manifest is not a JSON object");
            }
            StrictJson.onlyFields("artifact", entry, Set.of("name", "size", "sha256", "deltas"));
            String sha256 = sha256("artifact", entry, "sha256");
            Component component = new Component(
                    named("artifacts.name", StrictJson.text("artifact", entry, "name")),
                    StrictJson.positive("artifact", entry, "size"), sha256, Delta.parse(entry, sha256));
            components.add(component);
            Stream.concat(Stream.of(component.name), component.deltas.stream().map(Delta::name))
                    .filter(name -> !names.add(name)).findFirst().ifPresent(name -> {
                        throw Refused.malformed("The manifest names artifact " + name + " twice");
                    });
        }
        return components;
    }

    static String sha256(String what, JsonNode entry, String field) {
        String sha256 = StrictJson.text(what, entry, field);
        if (!SHA256.matcher(sha256).matches()) {
            throw Refused.malformed("The " + field + " of " + what + " " + entry.path("name").asText()
                    + " is not 64 lower-case hexadecimal digits");
        }
        return sha256;
    }

    private static List<String> texts(JsonNode tree, String field) {
        JsonNode list = tree.get(field);
        if (list == null || list.isNull()) {
            return List.of();
        }
        if (!list.isArray() || list.size() > LIST_MAX) {
            throw Refused
                    .malformed("The manifest's \"" + field + "\" is not a list of at most " + LIST_MAX
                            + " texts");
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode entry : list) {
            if (!entry.isTextual() || entry.textValue().isEmpty() || entry.textValue().length() > 128) {
                throw Refused
                        .malformed(
                                "The manifest's \"" + field + "\" holds something that is not a short text");
            }
            texts.add(entry.textValue());
        }
        return texts;
    }

    // names and versions become parts of file names, topics and log lines
    static String named(String field, String value) {
        if (!NAME.matcher(value).matches()) {
            throw Refused.malformed("The manifest's \"" + field + "\" is not 1 to 128 of A-Z a-z 0-9 . _ + -,"
                    + " beginning with a letter or digit");
        }
        return value;
    }
}
