package io.aftercare.simulator.ota;

import io.aftercare.simulator.ota.Manifest.Artifact;
import io.aftercare.simulator.ota.Offer.Envelope;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Decides whether an offer may be installed, in the order in which evidence may be trusted: signatures, then who it is
/// for, then whether it is new enough. A pure function.
final class OfferCheck {
    /// A counter may not jump further: one stolen signature must not use the numbers up.
    static final long COUNTER_JUMP_MAX = 1_000_000;
    /// No component may be larger than a device could ever store.
    static final long ARTIFACT_BYTES_MAX = 1L << 30;

    private OfferCheck() {}

    /// What the device knows of itself.
    ///
    /// @param counter of the firmware that runs; 0 for the factory's
    /// @param revertTo how far the manifest of what runs lets it go back; null: not at all
    /// @param floor the highest counter it ever confirmed; 0 from the factory
    record Facts(String id, String product, String hardware, String version, long counter,
            @Nullable Long revertTo, long floor) {}

    /// The manifest of an offer that may be installed.
    ///
    /// @throws RefusedException naming the attack that it would be
    static Manifest check(Offer offer, Trusted trusted, Facts device, Instant now) throws RefusedException {
        boolean told = verifySigners(offer, trusted, device, now);
        Manifest manifest = parse(offer.envelope());
        if (!manifest.product().equals(device.product())) {
            throw new RefusedException(Attack.INCOMPATIBLE_HARDWARE,
                    "it is for product " + manifest.product() + ", this is " + device.product());
        }
        if (!manifest.hardware().isEmpty() && !manifest.hardware().contains(device.hardware())) {
            throw new RefusedException(Attack.INCOMPATIBLE_HARDWARE,
                    "it is for hardware " + manifest.hardware() + ", this is " + device.hardware());
        }
        if (!now.isBefore(manifest.expires())) {
            throw new RefusedException(Attack.FREEZE, "the manifest expired at " + manifest.expires());
        }
        checkCounter(manifest, offer.revert() && told, device);
        checkMinFrom(manifest, device);
        checkArtifacts(offer, manifest);
        return manifest;
    }

    /// @return whether whoever may tell the device to go back has done so
    private static boolean verifySigners(Offer offer, Trusted trusted, Facts device, Instant now)
            throws RefusedException {
        Envelope envelope = offer.envelope();
        if (!envelope.type().equals(Dsse.MANIFEST_TYPE)) {
            throw new RefusedException(Attack.ARBITRARY_SOFTWARE,
                    "the envelope holds '" + envelope.type() + "', not a manifest");
        }
        return switch (trusted) {
            case Trusted.Pinned pinned -> {
                if (envelope.signers(pinned.keys().byName()).isEmpty()) {
                    throw new RefusedException(Attack.ARBITRARY_SOFTWARE, "wrong signature: none of "
                            + envelope.signatures().size() + " is by a trusted key "
                            + pinned.keys().byName().keySet());
                }
                yield offer.revert();
            }
            case Trusted.Rooted(Root root) -> {
                if (!now.isBefore(root.expires())) {
                    throw new RefusedException(Attack.FREEZE, "root version " + root.version()
                            + " expired at " + root.expires() + " and no newer one came");
                }
                root.checkSigned(envelope, root.release(), "release");
                yield Assignment.check(offer, root, device.id(), now).revert();
            }
        };
    }

    private static Manifest parse(Envelope envelope) throws RefusedException {
        try {
            return Manifest.parse(envelope.payload().value());
        } catch (IOException e) {
            throw new RefusedException(Attack.ARBITRARY_SOFTWARE,
                    "the manifest cannot be read: " + e.getMessage());
        }
    }

    private static void checkCounter(Manifest manifest, boolean revert, Facts device)
            throws RefusedException {
        boolean running = manifest.counter() == device.counter()
                && manifest.version().equals(device.version());
        boolean allowed = revert && device.revertTo() != null && manifest.counter() < device.counter()
                && manifest.counter() >= device.revertTo();
        if (manifest.counter() < device.floor() && !running && !allowed) {
            String how = "";
            if (revert) {
                how = device.revertTo() == null
                        ? "; what runs was not signed to be taken back"
                        : "; what runs was signed to be taken back to " + device.revertTo()
                                + " at the lowest";
            }
            throw new RefusedException(Attack.ROLLBACK,
                    "counter " + manifest.counter() + " is below this device's " + device.floor() + how);
        }
        if (manifest.counter() - device.floor() > COUNTER_JUMP_MAX) {
            throw new RefusedException(Attack.FAST_FORWARD, "counter " + manifest.counter() + " is more than "
                    + COUNTER_JUMP_MAX + " above this device's " + device.floor());
        }
    }

    private static void checkMinFrom(Manifest manifest, Facts device) throws RefusedException {
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
