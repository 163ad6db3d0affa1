package io.aftercare.ota.release;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.KeyPair;

/// `keygen`: makes the firmware team's key pair, offline. Never writes over a key.
public final class KeygenTool {
    private KeygenTool() {}

    /// Writes `release.key` (PKCS 8 PEM, readable by its owner alone) and `release.pub` (SPKI PEM) into `folder`.
    ///
    /// @return the exit code: 0, or 1 where nothing was written
    public static int run(Path folder, PrintStream out, PrintStream err) throws IOException {
        Files.createDirectories(folder);
        Path secret = folder.resolve("release.key");
        Path open = folder.resolve("release.pub");
        if (Files.exists(secret) || Files.exists(open)) {
            err.println(
                    folder + " holds a release.key or release.pub already; choose another folder with --out");
            return 1;
        }
        KeyPair pair = Ed25519.generate();
        try {
            SecretFile.write(secret, Ed25519.pem(pair.getPrivate()));
        } catch (FileAlreadyExistsException e) {
            err.println(secret + " was made meanwhile by somebody else; nothing is written");
            return 1;
        }
        Files.writeString(open, Ed25519.pem(pair.getPublic()), StandardOpenOption.CREATE_NEW);
        out.println("Private key: " + secret + " (keep it offline; whoever has it can make firmware)");
        out.println("Public key:  " + open + " (register it with POST /api/v1/signing-keys)");
        out.println("Fingerprint: " + Ed25519.fingerprint(pair.getPublic()));
        return 0;
    }
}
