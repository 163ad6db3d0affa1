package io.aftercare.ota.release;

import io.aftercare.fleet.http.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The server's own online keys, which sign assignments and nothing else: files `assignment-<n>.key`, readable by the
/// server alone, beside the database and not in it, so that a stolen dump or a read through SQL brings none. The first is
/// made when it is needed first. At most two: the one that signs, and its successor until a root names that.
/// Thread-safe; calls block.
public final class AssignmentKeys {
    private final Path folder;
    private @Nullable List<Own> keys;

    /// A key of this server.
    ///
    /// @param number the higher is the newer
    record Own(int number, PrivateKey secret, PublicKey open) {
        String name() {
            return "assignment-" + number;
        }
    }

    /// @param folder made when the first key is
    public AssignmentKeys(Path folder) {
        this.folder = folder;
    }

    /// All, the newest first.
    synchronized List<Own> all() {
        if (keys == null) {
            keys = read();
            if (keys.isEmpty()) {
                keys = List.of(make(1));
            }
        }
        return keys;
    }

    /// The newest key that a root lets sign, with the id that the root knows it by.
    Optional<Map.Entry<String, Own>> namedBy(Root root) {
        for (Own own : all()) {
            for (Map.Entry<String, PublicKey> entry : root.keys(root.assignment()).entrySet()) {
                if (entry.getValue().equals(own.open())) {
                    return Optional.of(Map.entry(entry.getKey(), own));
                }
            }
        }
        return Optional.empty();
    }

    /// Makes the next key. With a root it waits until one names it; without, it signs from now on.
    synchronized Own next(Optional<Root> root) {
        List<Own> before = all();
        Own signing = root.flatMap(this::namedBy).map(Map.Entry::getValue).orElse(before.getFirst());
        Own newest = before.getFirst();
        if (newest.number() > signing.number()) {
            throw Problem.conflict("Key " + newest.name()
                    + " waits already for a root that names it in its assignment role");
        }
        Own made = make(newest.number() + 1);
        List<Own> kept = new ArrayList<>(List.of(made));
        for (Own own : before) {
            if (root.isPresent() && own.equals(signing)) {
                kept.add(own);
            } else {
                delete(own);
            }
        }
        keys = List.copyOf(kept);
        return made;
    }

    private List<Own> read() {
        List<Own> found = new ArrayList<>();
        try {
            Files.createDirectories(folder);
            try (var files = Files.newDirectoryStream(folder, "assignment-*.key")) {
                for (Path file : files) {
                    String name = FileHash.nameOf(file).replaceAll("\\.key$", "");
                    String open = Files.readString(folder.resolve(name + ".pub"), StandardCharsets.US_ASCII);
                    found.add(new Own(Integer.parseInt(name.substring("assignment-".length())),
                            Ed25519.privateKey(Files.readString(file, StandardCharsets.US_ASCII)),
                            Ed25519.publicKey(open)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        found.sort((a, b) -> Integer.compare(b.number(), a.number()));
        return List.copyOf(found);
    }

    private Own make(int number) {
        KeyPair pair = Ed25519.generate();
        Own own = new Own(number, pair.getPrivate(), pair.getPublic());
        try {
            // the secret last: it is there only when its public half is
            Files.writeString(folder.resolve(own.name() + ".pub"), Ed25519.pem(own.open()),
                    StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE, StandardOpenOption.DSYNC);
            SecretFile.write(folder.resolve(own.name() + ".key"), Ed25519.pem(own.secret()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return own;
    }

    private void delete(Own own) {
        try {
            Files.deleteIfExists(folder.resolve(own.name() + ".key"));
            Files.deleteIfExists(folder.resolve(own.name() + ".pub"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
