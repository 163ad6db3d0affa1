package io.aftercare.simulator.ota;

import io.aftercare.simulator.ota.Manifest.Artifact;
import io.aftercare.simulator.ota.Offer.Bytes;
import io.aftercare.simulator.ota.Offer.Envelope;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/// Decides whether an offer may be installed, in the order in which evidence may be trusted: signature, then who it is
/// for, then whether it is new enough. A pure function.
final class OfferCheck {
    /// A counter may not jump further: one stolen signature must not use the numbers up.
    static final long COUNTER_JUMP_MAX = 1_000_000;
    /// No component may be larger than a device could ever store.
    static final long ARTIFACT_BYTES_MAX = 1L << 30;

    private OfferCheck() {}

    /// What the device knows of itself.
    ///
    /// @param counter the highest it ever confirmed; 0 from the factory
    record Facts(String product, String hardware, String version, long counter) {}

    /// The manifest of an offer that may be installed.
    ///
    /// @throws RefusedException naming the attack that it would be
    static Manifest check(Offer offer, TrustedKeys keys, Facts device, Instant now) throws RefusedException {
        Manifest manifest = verified(offer.envelope(), keys);
        if (!manifest.product().equals(device.product())) {
            throw new RefusedException(Attack.INCOMPATIBLE_HARDWARE,
                    "it is for product " + manifest.product() + ", this is " + device.product());
        }
        if (!manifest.hardware().isEmpty() && !manifest.hardware().contains(device.hardware())) {
            throw new RefusedException(Attack.INCOMPATIBLE_HARDWARE,
                    "it is for hardware " + manifest.hardware() + ", this is " + device.hardware());
        }
        checkFresh(manifest, device, now);
        checkArtifacts(offer, manifest);
        return manifest;
    }

    private static Manifest verified(Envelope envelope, TrustedKeys keys) throws RefusedException {
        if (!envelope.type().equals(Dsse.MANIFEST_TYPE)) {
            throw new RefusedException(Attack.ARBITRARY_SOFTWARE,
                    "the envelope holds '" + envelope.type() + "', not a manifest");
        }
        byte[] payload = envelope.payload().value();
        boolean signed = keys.byName().values().stream().anyMatch(key -> envelope.signatures().stream()
                .map(Bytes::value)
                .anyMatch(signature -> Dsse.verifies(key, envelope.type(), payload, signature)));
        if (!signed) {
            throw new RefusedException(Attack.ARBITRARY_SOFTWARE, "wrong signature: none of "
                    + envelope.signatures().size() + " is by a trusted key " + keys.byName().keySet());
        }
        try {
            return Manifest.parse(payload);
        } catch (IOException e) {
            throw new RefusedException(Attack.ARBITRARY_SOFTWARE,
                    "the manifest cannot be read: " + e.getMessage());
        }
    }

    private static void checkFresh(Manifest manifest, Facts device, Instant now) throws RefusedException {
        if (!now.isBefore(manifest.expires())) {
            throw new RefusedException(Attack.FREEZE, "the manifest expired at " + manifest.expires());
        }
        if (manifest.counter() < device.counter()) {
            throw new RefusedException(Attack.ROLLBACK,
                    "counter " + manifest.counter() + " is below this device's " + device.counter());
        }
        if (manifest.counter() - device.counter() > COUNTER_JUMP_MAX) {
            throw new RefusedException(Attack.FAST_FORWARD, "counter " + manifest.counter() + " is more than "
                    + COUNTER_JUMP_MAX + " above this device's " + device.counter());
        }
        Optional<String> from = manifest.minFrom();
        if (from.isPresent() && Versions.compare(device.version(), from.get()) < 0) {
            throw new RefusedException(Attack.INCOMPATIBLE_HARDWARE,
                    "it updates from " + from.get() + " on, this device runs " + device.version());
        }
    }

    private static void checkArtifacts(Offer offer, Manifest manifest) throws RefusedException {
        Artifact offered = manifest.artifacts().stream()
                .filter(artifact -> artifact.sha256().equalsIgnoreCase(offer.sha256())).findFirst()
                .orElseThrow(() -> new RefusedException(Attack.MIX_AND_MATCH,
                        "the offered file " + offer.sha256() + " is not in the signed manifest"));
        if (offered.size() != offer.size()) {
            throw new RefusedException(Attack.ENDLESS_DATA,
                    "offered are " + offer.size() + " bytes, signed are " + offered.size());
        }
        for (Artifact artifact : manifest.artifacts()) {
            if (artifact.size() > ARTIFACT_BYTES_MAX) {
                throw new RefusedException(Attack.ENDLESS_DATA, artifact.name() + " has " + artifact.size()
                        + " bytes, the slot holds " + ARTIFACT_BYTES_MAX);
            }
        }
        if (!offer.version().isEmpty() && !offer.version().equals(manifest.version())) {
            throw new RefusedException(Attack.MIX_AND_MATCH, "offered is version " + offer.version()
                    + ", signed is " + manifest.version());
        }
    }
}
