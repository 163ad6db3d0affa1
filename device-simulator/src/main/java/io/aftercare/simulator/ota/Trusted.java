package io.aftercare.simulator.ota;

/// What a device goes by when it judges an offer.
sealed interface Trusted {
    /// Any one of the keys that it was built with.
    record Pinned(TrustedKeys keys) implements Trusted {}

    /// The root that it holds; then an offer needs the backend's assignment too.
    record Rooted(Root root) implements Trusted {}
}
