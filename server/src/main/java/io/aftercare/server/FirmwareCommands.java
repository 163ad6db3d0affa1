package io.aftercare.server;

import io.aftercare.ota.release.KeygenTool;
import io.aftercare.ota.release.SignTool;
import io.aftercare.ota.release.VerifyTool;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The firmware team's tools; they need no server and no network.
final class FirmwareCommands {
    private FirmwareCommands() {}

    @Command(name = "keygen", mixinStandardHelpOptions = true, versionProvider = Main.Version.class, description = "Makes an Ed25519 key pair: release.key stays offline, release.pub is registered.")
    static final class Keygen implements Callable<Integer> {
        @Option(names = "--out", required = true, paramLabel = "DIR", description = "folder for the two files")
        private Path out = Path.of("");

        @Override
        public Integer call() throws Exception {
            return KeygenTool.run(out, System.out, System.err);
        }
    }

    @Command(name = "sign", mixinStandardHelpOptions = true, versionProvider = Main.Version.class, description = "Signs a firmware manifest: a DSSE envelope.")
    static final class Sign implements Callable<Integer> {
        @Option(names = "--key", required = true, paramLabel = "FILE", description = "release.key of keygen")
        private Path key = Path.of("");

        @Option(names = "--keyid", required = true, paramLabel = "NAME", description = "the name the key is registered by")
        private String keyid = "";

        @Option(names = "--manifest", required = true, paramLabel = "FILE", description = "the manifest's JSON")
        private Path manifest = Path.of("");

        @Option(names = "--out", required = true, paramLabel = "FILE", description = "where the envelope goes")
        private Path out = Path.of("");

        @Option(names = "--artifact", paramLabel = "FILE", description = "a component; its size and hash are filled into the manifest, or compared with it")
        private List<Path> artifacts = new ArrayList<>();

        @Override
        public Integer call() throws Exception {
            return SignTool.run(key, keyid, manifest, out, artifacts, System.out, System.err);
        }
    }

    @Command(name = "verify", mixinStandardHelpOptions = true, versionProvider = Main.Version.class, description = "Verifies an envelope, and the artifacts where they are given.")
    static final class Verify implements Callable<Integer> {
        @Option(names = "--pub", required = true, paramLabel = "FILE", description = "release.pub of keygen")
        private Path pub = Path.of("");

        @Option(names = "--envelope", required = true, paramLabel = "FILE", description = "what sign made")
        private Path envelope = Path.of("");

        @Parameters(paramLabel = "ARTIFACT", arity = "0..*", description = "components to compare with the manifest")
        private List<Path> artifacts = new ArrayList<>();

        @Override
        public Integer call() throws Exception {
            return VerifyTool.run(pub, envelope, artifacts, Instant.now(), System.out, System.err);
        }
    }
}
