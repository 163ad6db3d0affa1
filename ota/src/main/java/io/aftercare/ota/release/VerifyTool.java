package io.aftercare.ota.release;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
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
        try {
            PublicKey key = Ed25519.publicKey(Files.readString(pub, StandardCharsets.ISO_8859_1));
            Envelope read = Envelope.parse(Files.readAllBytes(envelope));
            verify(read, key);
            Manifest manifest = Manifest.parse(read.payload());
            manifest.checkTime(now);
            if (!artifacts.isEmpty()) {
                check(manifest, artifacts);
            }
            out.println("Good: " + manifest.product() + " " + manifest.version() + ", counter "
                    + manifest.counter() + ", expires " + manifest.expires() + ", "
                    + (manifest.revertTo() == null
                            ? ""
                            : "may be taken back to counter " + manifest.revertTo() + ", ")
                    + manifest.artifacts().size()
                    + " artifact(s)" + (artifacts.isEmpty() ? " not looked at" : " with the signed content"));
            return 0;
        } catch (NoSuchFileException e) {
            err.println("There is no file " + e.getFile());
            return 1;
        } catch (Refused e) {
            err.println(e.text());
            return 1;
        }
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
        for (Manifest.Component component : manifest.artifacts()) {
            Path file = given.remove(component.name());
            if (file == null) {
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
