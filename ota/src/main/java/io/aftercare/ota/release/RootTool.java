package io.aftercare.ota.release;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.http.Json;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Map;

/// `root new`: writes a root document from public keys, offline, to be signed with `sign --type root`.
public final class RootTool {
    private RootTool() {}

    /// The keys of a role.
    ///
    /// @param keys key id to file (SPKI PEM)
    public record Role(Map<String, Path> keys, int threshold) {
        public Role {
            keys = Map.copyOf(keys);
        }
    }

    /// What a root is made of.
    ///
    /// @param counterReset product to the counter that its devices fall back to
    public record Parts(long version, Instant issued, Instant expires, Role root, Role release,
            Role assignment, Map<String, Long> counterReset) {
        public Parts {
            counterReset = Map.copyOf(counterReset);
        }
    }

    /// Writes the document; never over another.
    ///
    /// @return the exit code: 0, or 1 where nothing was written, with the reason on `err`
    public static int run(Parts parts, Path to, PrintStream out, PrintStream err) throws IOException {
        if (Files.exists(to)) {
            err.println(to + " is there already; choose another file with --out");
            return 1;
        }
        return SignTool.told(err, () -> {
            byte[] document = document(parts);
            Root root = Root.parse(document);
            Files.write(to, document, StandardOpenOption.CREATE_NEW);
            out.println("Root version " + root.version() + ", expires " + root.expires() + ": " + to
                    + "; to be signed by " + root.root().threshold() + " of its root keys"
                    + (root.version() == 1
                            ? ""
                            : " and by as many of version " + (root.version() - 1)
                                    + " as that wants"));
        });
    }

    static byte[] document(Parts parts) throws IOException {
        ObjectNode root = Json.object().put("version", parts.version())
                .put("issued", parts.issued().toString())
                .put("expires", parts.expires().toString());
        ObjectNode keys = root.putObject("keys");
        ObjectNode roles = root.putObject("roles");
        role("root", parts.root(), keys, roles);
        role("release", parts.release(), keys, roles);
        role("assignment", parts.assignment(), keys, roles);
        if (!parts.counterReset().isEmpty()) {
            ObjectNode resets = root.putObject("counterReset");
            parts.counterReset().forEach(resets::put);
        }
        return root.toPrettyString().getBytes(StandardCharsets.UTF_8);
    }

    private static void role(String name, Role role, ObjectNode keys, ObjectNode roles) throws IOException {
        ObjectNode node = roles.putObject(name);
        var ids = node.putArray("keyids");
        for (String id : role.keys().keySet().stream().sorted().toList()) {
            String pem = Ed25519.pem(Ed25519
                    .publicKey(Files.readString(role.keys().get(id), StandardCharsets.ISO_8859_1)));
            if (keys.has(id) && !keys.path(id).asText().equals(pem)) {
                throw Refused.malformed("Two keys are called " + id);
            }
            keys.put(id, pem);
            ids.add(id);
        }
        node.put("threshold", role.threshold());
    }
}
