package io.aftercare.ota.release;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.http.Json;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.util.List;

/// `sign`: makes the envelope of a manifest, offline. With artifacts given, it fills in their sizes and hashes where the
/// manifest leaves them out, and refuses a manifest that says something else; without, it signs the file byte for byte.
public final class SignTool {
    private SignTool() {}

    /// Reads `key` (PKCS 8 PEM) and `manifest`, writes `envelope`.
    ///
    /// @return the exit code: 0, or 1 where nothing was written, with the reason on `err`
    public static int run(Path key, String keyid, Path manifest, Path envelope, List<Path> artifacts,
            PrintStream out, PrintStream err) throws IOException {
        return run(key, keyid, manifest, envelope, artifacts, List.of(), out, err);
    }

    /// As [#run], with deltas to be made from former files.
    ///
    /// @param former each `FILE` or `ARTIFACT=FILE`
    public static int run(Path key, String keyid, Path manifest, Path envelope, List<Path> artifacts,
            List<String> former, PrintStream out, PrintStream err) throws IOException {
        return told(err, () -> {
            PrivateKey secret = secret(key);
            byte[] payload = Files.readAllBytes(manifest);
            if (!artifacts.isEmpty()) {
                payload = filled(payload, artifacts, former, envelope, out);
            }
            String what = check(Envelope.MANIFEST_TYPE, payload);
            Files.writeString(envelope, Envelope.json(Envelope.MANIFEST_TYPE, payload, keyid, secret));
            out.println("Signed " + what + " with key " + keyid + ": " + envelope);
        });
    }

    /// As [#run] for a root document, byte for byte.
    public static int root(Path key, String keyid, Path root, Path envelope, PrintStream out, PrintStream err)
            throws IOException {
        return told(err, () -> {
            byte[] payload = Files.readAllBytes(root);
            String what = check(Envelope.ROOT_TYPE, payload);
            Files.writeString(envelope, Envelope.json(Envelope.ROOT_TYPE, payload, keyid, secret(key)));
            out.println("Signed " + what + " with key " + keyid + ": " + envelope);
        });
    }

    /// Adds a signature to an envelope with a manifest or a root: where several must sign, each does so on a machine of
    /// their own, and the file goes round.
    public static int add(Path key, String keyid, Path envelope, Path written, PrintStream out,
            PrintStream err)
            throws IOException {
        return told(err, () -> {
            Envelope read = Envelope.parse(Files.readAllBytes(envelope));
            String what = check(read.payloadType(), read.payload());
            String more = read.and(keyid, secret(key));
            Files.writeString(written, more);
            out.println("Signed " + what + " with key " + keyid + " too, " + Envelope
                    .parse(more.getBytes(StandardCharsets.UTF_8)).signatures().size() + " signatures now: "
                    + written);
        });
    }

    // nothing is signed that the server would not understand
    private static String check(String type, byte[] payload) {
        if (type.equals(Envelope.ROOT_TYPE)) {
            Root root = Root.parse(payload);
            return "root version " + root.version() + " (expires " + root.expires() + ")";
        }
        if (type.equals(Envelope.MANIFEST_TYPE)) {
            Manifest read = Manifest.parse(payload);
            return read.product() + " " + read.version() + " (counter " + read.counter() + ", expires "
                    + read.expires() + ")";
        }
        throw new Refused(Refused.Reason.WRONG_TYPE, type + " is neither a manifest nor a root");
    }

    private static PrivateKey secret(Path key) throws IOException {
        return Ed25519.privateKey(Files.readString(key, StandardCharsets.ISO_8859_1));
    }

    /// What a tool does; a file that is not there and a refusal are told in one line.
    interface Work {
        void run() throws IOException;
    }

    /// @return the exit code
    static int told(PrintStream err, Work work) throws IOException {
        try {
            work.run();
            return 0;
        } catch (NoSuchFileException e) {
            err.println("There is no file " + e.getFile());
            return 1;
        } catch (Refused e) {
            err.println(e.text());
            return 1;
        }
    }

    private static byte[] filled(byte[] payload, List<Path> files, List<String> former, Path envelope,
            PrintStream out) throws IOException {
        ObjectNode manifest = (ObjectNode) StrictJson.object("manifest", payload);
        ArrayNode list = manifest.get("artifacts") instanceof ArrayNode known
                ? known
                : manifest.putArray("artifacts");
        for (Path file : files) {
            ObjectNode entry = entry(list, FileHash.nameOf(file));
            FileHash found = FileHash.of(file);
            check(entry, "size", Json.tree(found.size()), file);
            check(entry, "sha256", Json.tree(found.sha256()), file);
            entry.put("size", found.size()).put("sha256", found.sha256());
        }
        DeltaTool.make(manifest, files, former, envelope, out);
        return Json.text(manifest).getBytes(StandardCharsets.UTF_8);
    }

    private static ObjectNode entry(ArrayNode list, String name) {
        for (JsonNode node : list) {
            if (node instanceof ObjectNode object && name.equals(object.path("name").asText())) {
                return object;
            }
        }
        return list.addObject().put("name", name);
    }

    private static void check(ObjectNode entry, String field, JsonNode found, Path file) {
        JsonNode said = entry.get(field);
        if (said != null && !said.isNull() && !said.asText().equals(found.asText())) {
            throw new Refused(field.equals("size") ? Refused.Reason.SIZE : Refused.Reason.HASH,
                    "the manifest says " + field + " " + said.asText() + " of " + entry.path("name").asText()
                            + ", but " + file + " has " + found.asText());
        }
    }
}
