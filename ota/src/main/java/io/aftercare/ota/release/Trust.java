package io.aftercare.ota.release;

import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Decides whose signature a release needs: enough release keys of the root in force, or, where there is none, one
/// registered signing key. Thread-safe; calls block.
final class Trust {
    private final SigningKeys keys;
    private final Roots roots;

    Trust(SigningKeys keys, Roots roots) {
        this.keys = keys;
        this.roots = roots;
    }

    /// Refuses an envelope that is not signed by those who may.
    ///
    /// @return the names of the keys that signed
    String verify(Envelope envelope, Instant now) {
        return verify(envelope, now, roots.newest());
    }

    /// As [#verify(Envelope, Instant)], within the transaction that publishes: until its end no other root comes in.
    String verify(Handle handle, Envelope envelope, Instant now) {
        handle.execute("LOCK TABLE ota.root IN SHARE MODE");
        return verify(envelope, now, roots.newest(handle));
    }

    private String verify(Envelope envelope, Instant now, Optional<Roots.Stored> newest) {
        if (newest.isEmpty()) {
            return envelope.verify(keys.trusted());
        }
        Root root = newest.get().root();
        root.checkTime(now);
        return String.join(", ", root.checkRelease(envelope));
    }
}
