package io.aftercare.remote.crash.symbol;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.audit.Audit;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.people.Principal;
import io.aftercare.remote.RemoteGround;
import io.aftercare.remote.Surroundings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The symbol files: uploaded by the firmware team, one for each build, never changed but replaced. Thread-safe; calls block.
public final class Symbols {
    private final RemoteGround ground;
    private final SymbolLimits limits;
    private final SymbolFolder folder;
    private final BiConsumer<Handle, BuildId> changed;
    // A sweep must not take away a file whose row is just being written.
    private final ReentrantReadWriteLock sweeping = new ReentrantReadWriteLock();

    /// What an upload says it is.
    ///
    /// @param release whose product and firmware it has, instead of these
    /// @param version that it replaces, null to replace none
    record Claim(@Nullable String product, @Nullable String firmware, @Nullable String release, String name,
            @Nullable Integer version) {}

    /// @param isNew false where the very same file was here already
    record Added(SymbolFile file, boolean isNew) {}

    /// @param changed is told, in the transaction, of each build whose symbols came, changed or went
    public Symbols(RemoteGround ground, SymbolLimits limits, BiConsumer<Handle, BuildId> changed) {
        this.ground = ground;
        this.limits = limits;
        this.folder = new SymbolFolder(ground.files().resolve("symbols"));
        this.changed = changed;
    }

    Added add(Principal who, Claim claim, InputStream body) throws IOException {
        Surroundings.Build build = build(claim);
        try (SymbolFolder.Staged staged = folder.stage(body, limits.fileBytesMax())) {
            Elf elf = elf(staged.file());
            sweeping.readLock().lock();
            try {
                Added added = ground.database()
                        .inTransaction(handle -> put(handle, who, claim, build, elf, staged));
                ground.committed().run();
                return added;
            } finally {
                sweeping.readLock().unlock();
            }
        }
    }

    private Surroundings.Build build(Claim claim) {
        String release = claim.release();
        if (release != null) {
            return ground.surroundings().release(release)
                    .orElseThrow(() -> Problem.notFound("release", release));
        }
        String product = claim.product();
        String firmware = claim.firmware();
        if (product == null || firmware == null) {
            throw Problem.invalid(product == null ? "product" : "firmware",
                    "name the release, or both product and firmware");
        }
        boolean known = ground.database().jdbi()
                .withHandle(handle -> SymbolSql.isProduct(handle, product));
        if (!known) {
            throw Problem.notFound("product", product);
        }
        return new Surroundings.Build(product, firmware);
    }

    private static Elf elf(Path file) throws IOException {
        try {
            return Elf.read(file);
        } catch (Elf.NotSymbols e) {
            throw Problem.invalid("body", String.valueOf(e.getMessage()));
        }
    }

    private Added put(Handle handle, Principal who, Claim claim, Surroundings.Build build, Elf elf,
            SymbolFolder.Staged staged) throws IOException {
        // One after the other, so that two that come together do not both find room, or no file of their build.
        handle.execute("LOCK TABLE remote.symbol_file IN SHARE ROW EXCLUSIVE MODE");
        Optional<SymbolFile> before = SymbolSql.find(handle, elf.buildId(), true);
        if (before.isPresent() && before.get().sha256().equals(staged.sha256())) {
            return new Added(before.get(), false);
        }
        before.ifPresent(known -> replaces(known, claim.version()));
        long others = SymbolSql.allBytes(handle) - before.map(SymbolFile::bytes).orElse(0L);
        if (others + staged.bytes() > limits.allBytesMax()) {
            throw Problem.of(507, "No room", "The room for symbol files is taken: " + others + " of "
                    + limits.allBytesMax() + " bytes; delete those of firmware that no device runs");
        }
        SymbolFile file = new SymbolFile(elf.buildId(), build.product(), build.firmware(), claim.release(),
                claim.name(), staged.bytes(), staged.sha256(), elf.machine(), elf.hasNames(), elf.hasLines(),
                who.name(), ground.now(), before.map(known -> known.version() + 1).orElse(1));
        folder.keep(staged);
        SymbolSql.put(handle, file);
        changed.accept(handle, file.buildId());
        ObjectNode detail = Json.object().put("product", file.product()).put("firmware", file.firmware())
                .put("name", file.name()).put("sha256", file.sha256());
        before.ifPresent(known -> detail.put("before", known.sha256()));
        Audit.append(handle, who, before.isPresent() ? "symbols.replace" : "symbols.add",
                "symbols/" + file.buildId(), detail);
        return new Added(file, true);
    }

    private static void replaces(SymbolFile known, @Nullable Integer version) {
        if (version == null) {
            throw Problem.conflict("Build " + known.buildId() + " has another symbol file already, "
                    + known.name() + "; send If-Match with its version, " + known.version()
                    + ", to replace it");
        }
        if (version != known.version()) {
            throw Problem.staleVersion("symbol file", known.buildId().hex(), known.version());
        }
    }

    void delete(Principal who, BuildId id, int version) {
        ground.database().useTransaction(handle -> {
            SymbolFile known = SymbolSql.find(handle, id, true)
                    .orElseThrow(() -> Problem.notFound("symbol file", id.hex()));
            if (known.version() != version) {
                throw Problem.staleVersion("symbol file", id.hex(), known.version());
            }
            SymbolSql.delete(handle, id);
            changed.accept(handle, id);
            Audit.append(handle, who, "symbols.delete", "symbols/" + id, Json.object()
                    .put("product", known.product()).put("firmware", known.firmware())
                    .put("name", known.name()).put("sha256", known.sha256()));
        });
        ground.committed().run();
    }

    SymbolFile find(BuildId id) {
        return ground.database().jdbi().withHandle(handle -> SymbolSql.find(handle, id, false))
                .orElseThrow(() -> Problem.notFound("symbol file", id.hex()));
    }

    List<SymbolFile> list(@Nullable String product, @Nullable String firmware, @Nullable String after,
            int limit) {
        return ground.database().jdbi()
                .withHandle(handle -> SymbolSql.list(handle, product, firmware, after, limit));
    }

    /// The files of those builds that have one.
    public Map<BuildId, SymbolFile> of(Handle handle, Collection<BuildId> builds) {
        return SymbolSql.ofBuilds(handle, builds).stream()
                .collect(Collectors.toMap(SymbolFile::buildId, Function.identity()));
    }

    /// Where a file lies; it may go while it is being read, which its reader then finds.
    public Path path(SymbolFile file) {
        return folder.path(file.sha256());
    }

    /// Deletes what was being received when the process ended; before the first request.
    public void clear() {
        try {
            folder.clear();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Deletes files that no build has any more.
    public void sweep() {
        sweeping.writeLock().lock();
        try {
            folder.sweep(hashes -> ground.database().jdbi()
                    .withHandle(handle -> SymbolSql.needed(handle, hashes)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            sweeping.writeLock().unlock();
        }
    }
}
