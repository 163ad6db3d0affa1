package io.aftercare.server;

import io.aftercare.ota.release.KeygenTool;
import io.aftercare.ota.release.RootTool;
import io.aftercare.ota.release.SignTool;
import io.aftercare.ota.release.VerifyTool;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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

    /// What may be signed, as it is written on the command line.
    enum Type {
        manifest, root
    }

    @Command(name = "root", mixinStandardHelpOptions = true, versionProvider = Main.Version.class, description = "Root documents: who may sign what.", subcommands = RootNew.class)
    static final class Root {}

    @Command(name = "new", mixinStandardHelpOptions = true, versionProvider = Main.Version.class, description = "Writes a root document from public keys, to be signed with: sign --type root.")
    static final class RootNew implements Callable<Integer> {
        @Option(names = "--number", required = true, paramLabel = "N", description = "1 for the first, then one higher each time")
        private long version;

        @Option(names = "--expires", required = true, paramLabel = "TIME", description = "such as 2028-01-01T00:00:00Z")
        private Instant expires = Instant.EPOCH;

        @Option(names = "--root", required = true, paramLabel = "ID=FILE", description = "a root key's public half; may be repeated")
        private Map<String, Path> root = new TreeMap<>();

        @Option(names = "--root-threshold", required = true, paramLabel = "N", description = "how many of them must sign a root")
        private int rootThreshold;

        @Option(names = "--release", required = true, paramLabel = "ID=FILE", description = "a release key's public half; may be repeated")
        private Map<String, Path> release = new TreeMap<>();

        @Option(names = "--release-threshold", required = true, paramLabel = "N", description = "how many of them must sign a release")
        private int releaseThreshold;

        @Option(names = "--assignment", required = true, paramLabel = "ID=FILE", description = "a server's assignment key (GET /api/v1/assignment-keys); may be repeated")
        private Map<String, Path> assignment = new TreeMap<>();

        @Option(names = "--counter-reset", paramLabel = "PRODUCT=COUNTER", description = "devices of the product lower their counter to this")
        private Map<String, Long> resets = new TreeMap<>();

        @Option(names = "--out", required = true, paramLabel = "FILE", description = "where the document goes")
        private Path out = Path.of("");

        @Override
        public Integer call() throws Exception {
            return RootTool.run(new RootTool.Parts(version, Instant.now().truncatedTo(ChronoUnit.SECONDS),
                    expires,
                    new RootTool.Role(root, rootThreshold), new RootTool.Role(release, releaseThreshold),
                    new RootTool.Role(assignment, 1), resets), out, System.out, System.err);
        }
    }

    @Command(name = "sign", mixinStandardHelpOptions = true, versionProvider = Main.Version.class, description = "Signs a firmware manifest: a DSSE envelope.")
    static final class Sign implements Callable<Integer> {
        @Option(names = "--key", required = true, paramLabel = "FILE", description = "release.key of keygen")
        private Path key = Path.of("");

        @Option(names = "--keyid", required = true, paramLabel = "NAME", description = "the name the key is registered by")
        private String keyid = "";

        @Option(names = "--manifest", paramLabel = "FILE", description = "the manifest's JSON, or with --type root the root's")
        private @Nullable Path manifest;

        @Option(names = "--add", paramLabel = "FILE", description = "instead of --manifest: an envelope that others signed, to add a signature to")
        private @Nullable Path add;

        @Option(names = "--type", defaultValue = "manifest", description = "manifest or root (default ${DEFAULT-VALUE})")
        private Type type = Type.manifest;

        @Option(names = "--out", paramLabel = "FILE", description = "where the envelope goes; with --add the default is the same file")
        private @Nullable Path out;

        @Option(names = "--artifact", paramLabel = "FILE", description = "a component; its size and hash are filled into the manifest, or compared with it")
        private List<Path> artifacts = new ArrayList<>();

        @Option(names = "--delta-from", paramLabel = "[ARTIFACT=]FILE", description = "a former version of an artifact: a delta from it is made beside the envelope and signed too (needs zstd); may be repeated")
        private List<String> former = new ArrayList<>();

        @Override
        public Integer call() throws Exception {
            if (!former.isEmpty() && (artifacts.isEmpty() || type != Type.manifest)) {
                System.err.println("--delta-from needs the new file too, as --artifact");
                return 2;
            }
            if (add != null && manifest == null && artifacts.isEmpty()) {
                return SignTool.add(key, keyid, add, out == null ? add : out, System.out, System.err);
            }
            if (add != null || manifest == null || out == null) {
                System.err.println("sign wants --manifest FILE and --out FILE, or --add FILE alone");
                return 2;
            }
            return switch (type) {
                case manifest ->
                    SignTool.run(key, keyid, manifest, out, artifacts, former, System.out, System.err);
                case root -> SignTool.root(key, keyid, manifest, out, System.out, System.err);
            };
        }
    }

    @Command(name = "verify", mixinStandardHelpOptions = true, versionProvider = Main.Version.class, description = "Verifies an envelope, and the artifacts where they are given.")
    static final class Verify implements Callable<Integer> {
        @Option(names = "--pub", paramLabel = "FILE", description = "release.pub of keygen")
        private @Nullable Path pub;

        @Option(names = "--root", paramLabel = "FILE", description = "instead of --pub: the root's envelope; repeated: a chain of roots, from a trusted one on")
        private List<Path> roots = new ArrayList<>();

        @Option(names = "--envelope", required = true, paramLabel = "FILE", description = "what sign made")
        private Path envelope = Path.of("");

        @Parameters(paramLabel = "ARTIFACT", arity = "0..*", description = "components to compare with the manifest")
        private List<Path> artifacts = new ArrayList<>();

        @Override
        public Integer call() throws Exception {
            if ((pub == null) == roots.isEmpty()) {
                System.err.println("verify wants either --pub FILE or --root FILE");
                return 2;
            }
            return pub == null
                    ? VerifyTool.byRoot(roots, envelope, artifacts, Instant.now(), System.out, System.err)
                    : VerifyTool.run(pub, envelope, artifacts, Instant.now(), System.out, System.err);
        }
    }
}
