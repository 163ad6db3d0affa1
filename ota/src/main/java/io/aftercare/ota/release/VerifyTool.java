package io.aftercare.ota.release;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// `verify`: checks an envelope, and artifacts against it, offline, as the server and the devices do.
public final class VerifyTool {
    private VerifyTool() {}

    /// Checks signature, time and, where artifacts are given, that they are exactly those of the manifest.
    ///
    /// @return the exit code: 0 for good, 1 for refused, with the reason on `err`
    public static int run(Path pub, Path envelope, List<Path> artifacts, Instant now, PrintStream out,
            PrintStream err) throws IOException {
        return SignTool.told(err, () -> {
            PublicKey key = Ed25519.publicKey(Files.readString(pub, StandardCharsets.ISO_8859_1));
            Envelope read = Envelope.parse(Files.readAllBytes(envelope));
            verify(read, key);
            manifest(read, artifacts, now, out);
        });
    }

    /// Checks a release by the root in force, or a root by the one before it (the first by itself).
    ///
    /// @param roots envelopes of the roots from any trusted one on, in order
    public static int byRoot(List<Path> roots, Path envelope, List<Path> artifacts, Instant now,
            PrintStream out, PrintStream err) throws IOException {
        return SignTool.told(err, () -> {
            Root trusted = chain(roots);
            Envelope read = Envelope.parse(Files.readAllBytes(envelope));
            if (read.payloadType().equals(Envelope.ROOT_TYPE)) {
                Root next = Root.parse(read.payload());
                trusted.checkSuccessor(next, read);
                next.checkTime(now);
                out.println("Good: root version " + next.version() + " may follow version "
                        + trusted.version() + ", expires " + next.expires());
            } else {
                trusted.checkTime(now);
                out.println("Signed by " + String.join(", ", trusted.checkRelease(read)) + " of root version "
                        + trusted.version());
                manifest(read, artifacts, now, out);
            }
        });
    }

    // each checked by the one before; the first is trusted because it was given, if it is signed as it says itself
    private static Root chain(List<Path> files) throws IOException {
        Root trusted = null;
        for (Path file : files) {
            Envelope envelope = Envelope.parse(Files.readAllBytes(file));
            envelope.requireType(Envelope.ROOT_TYPE);
            Root root = Root.parse(envelope.payload());
            if (trusted == null) {
                root.checkOwn(envelope);
            } else {
                trusted.checkSuccessor(root, envelope);
            }
            trusted = root;
        }
        if (trusted == null) {
            throw Refused.malformed("No root is given");
        }
        return trusted;
    }

    private static void manifest(Envelope envelope, List<Path> artifacts, Instant now, PrintStream out)
            throws IOException {
        Manifest manifest = Manifest.parse(envelope.payload());
        manifest.checkTime(now);
        if (!artifacts.isEmpty()) {
            check(manifest, artifacts);
        }
        out.println("Good: " + manifest.product() + " " + manifest.version() + ", counter "
                + manifest.counter() + ", expires " + manifest.expires() + ", "
                + (manifest.revertTo() == null
                        ? ""
                        : "may be taken back to counter " + manifest.revertTo() + ", ")
                + manifest.artifacts().size() + " artifact(s)"
                + (artifacts.isEmpty() ? " not looked at" : " with the signed content"));
    }

    // offline there is one key and no register of names: any of the signatures may be its own
    private static void verify(Envelope envelope, PublicKey key) {
        Map<String, PublicKey> trusted = new HashMap<>();
        envelope.signatures().forEach(signature -> trusted.put(signature.keyid(), key));
        envelope.verify(trusted);
    }

    private static void check(Manifest manifest, List<Path> files) throws IOException {
        Map<String, Path> given = new HashMap<>();
        files.forEach(file -> given.put(FileHash.nameOf(file), file));
        for (Manifest.Component component : manifest.files()) {
            Path file = given.remove(component.name());
            if (file == null) {
                if (!manifest.artifacts().contains(component)) {
                    continue; // a delta need not be looked at: what it makes is compared with the artifact
                }
                throw new Refused(Refused.Reason.MIX_AND_MATCH,
                        "the manifest also lists " + component.name() + ", which is not given");
            }
            FileHash found = FileHash.of(file);
            if (found.size() != component.size()) {
                throw new Refused(Refused.Reason.SIZE, file + " has " + found.size() + " bytes, signed are "
                        + component.size());
            }
            if (!found.sha256().equals(component.sha256())) {
                throw new Refused(Refused.Reason.HASH,
                        file + " has sha256 " + found.sha256() + ", signed is " + component.sha256());
            }
        }
        if (!given.isEmpty()) {
            throw new Refused(Refused.Reason.MIX_AND_MATCH,
                    String.join(", ", given.keySet()) + " is not in the manifest");
        }
    }
}
