package io.aftercare.simulator.ota;

import io.aftercare.simulator.ota.OfferCheck.Facts;
import io.aftercare.simulator.ota.TrustMemory.Content;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Judges offers by what the device was built with and what it has learnt since: it follows the chain of roots, and its
/// time never goes back. Thread-safe; only [#follow] waits for anybody else, and holds nothing meanwhile.
final class Guard {
    private static final Logger LOG = LoggerFactory.getLogger(Guard.class);
    /// Bound on the roots taken in at once; each is kept, so the next time goes on from there.
    private static final int ROOTS_MAX = 64;
    /// The time is written down this often: flash wears.
    private static final Duration TIME_STEP = Duration.ofHours(1);

    private final TrustedKeys keys;
    private final DeviceMemory memory;
    private final String product;
    private final RootSource source;
    private @Nullable TrustMemory trust;
    private Optional<Root> root = Optional.empty();

    /// Where newer roots come from.
    @FunctionalInterface
    interface RootSource {
        /// The envelope of a root.
        byte[] fetch(long version) throws UpdateFailedException, InterruptedException;
    }

    Guard(TrustedKeys keys, DeviceMemory memory, String product, RootSource source) {
        this.keys = keys;
        this.memory = memory;
        this.product = product;
        this.source = source;
    }

    /// The time, no earlier than any that the device has known: a clock that is set back keeps nothing alive.
    ///
    /// @param clock the device's own, which may be wrong
    synchronized Instant now(Instant clock) {
        Instant latest = Instant.ofEpochMilli(kept().content().latestMillis());
        Instant now = clock.isAfter(latest) ? clock : latest;
        return root.map(Root::issued).filter(now::isBefore).orElse(now);
    }

    /// Takes over the roots up to the one that the backend has. Called by one thread, which may wait here.
    ///
    /// @throws RefusedException naming the attack that a root would be
    /// @throws UpdateFailedException where a root cannot be had
    void follow(Offer offer)
            throws IOException, RefusedException, UpdateFailedException, InterruptedException {
        for (int taken = 0; taken < ROOTS_MAX; taken++) {
            Optional<Root> held = held();
            if (held.isEmpty() || held.get().version() >= offer.rootVersion()) {
                return;
            }
            long version = held.get().version() + 1;
            byte[] envelope = source.fetch(version);
            take(next(held.get(), version, envelope), envelope);
        }
    }

    private static Root next(Root held, long version, byte[] envelope)
            throws RefusedException, UpdateFailedException {
        try {
            return held.next(envelope);
        } catch (IOException | IllegalArgumentException e) {
            throw new UpdateFailedException("root",
                    "root version " + version + " cannot be read: " + e.getMessage(), e);
        }
    }

    private synchronized void take(Root next, byte[] envelope) throws IOException {
        // first the counter: if the power fails now, the root is taken over once more
        Long reset = next.counterReset().get(product);
        if (reset != null) {
            memory.lowerCounter(reset);
        }
        TrustMemory kept = kept();
        kept.write(new Content(new String(envelope, StandardCharsets.UTF_8), kept.content().latestMillis()));
        root = Optional.of(next);
        LOG.info("root version {} taken over", next.version());
    }

    /// The manifest of an offer that may be installed, by the root that the device holds.
    ///
    /// @param at a time of [#now]
    /// @throws RefusedException naming the attack that it would be
    synchronized Manifest check(Offer offer, Facts device, Instant at) throws IOException, RefusedException {
        Content content = kept().content();
        if (at.toEpochMilli() - content.latestMillis() >= TIME_STEP.toMillis()) {
            kept().write(new Content(content.root(), at.toEpochMilli()));
        }
        Trusted trusted = root.isPresent() ? new Trusted.Rooted(root.get()) : new Trusted.Pinned(keys);
        return OfferCheck.check(offer, trusted, device, at);
    }

    private synchronized Optional<Root> held() {
        kept();
        return root;
    }

    private TrustMemory kept() {
        TrustMemory known = trust;
        if (known == null) {
            try {
                known = TrustMemory.open(memory.folder(), memory.flash());
                String later = known.content().root();
                Optional<byte[]> held = later.isEmpty()
                        ? keys.root().map(Offer.Bytes::value)
                        : Optional.of(later.getBytes(StandardCharsets.UTF_8));
                root = held.isPresent() ? Optional.of(Root.first(held.get())) : Optional.empty();
            } catch (IOException e) {
                throw new UncheckedIOException("the device's root cannot be read", e);
            } catch (RefusedException e) {
                throw new IllegalStateException("the device holds a root that is none", e);
            }
            trust = known;
        }
        return known;
    }
}
