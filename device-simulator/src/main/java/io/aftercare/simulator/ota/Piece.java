package io.aftercare.simulator.ota;

import io.aftercare.simulator.ota.Manifest.Artifact;
import io.aftercare.simulator.ota.Manifest.Delta;
import java.util.List;

/// One file to be fetched, and where it is to be had.
///
/// @param url as the offer gives it, absolute or not
/// @param unit the topic level under which it is asked for over MQTT: a release, or a delta of it such as `R7.d1`
/// @param unitSize bytes of all that is had under it
/// @param offset of the file's first byte within that
record Piece(String name, long size, String sha256, String url, String unit, long unitSize, long offset) {

    /// An artifact of the offered release: chunks count through all its artifacts, in the manifest's order.
    static Piece of(Offer offer, Manifest manifest, Artifact artifact) {
        long offset = 0;
        for (Artifact each : manifest.artifacts()) {
            if (each.equals(artifact)) {
                break;
            }
            offset += each.size();
        }
        return new Piece(artifact.name(), artifact.size(), artifact.sha256(), url(offer, artifact.sha256()),
                offer.release(), manifest.artifacts().stream().mapToLong(Artifact::size).sum(), offset);
    }

    /// A delta of the offered release: the deltas are numbered from 1, in the manifest's order.
    static Piece of(Offer offer, Manifest manifest, Delta delta) {
        List<Delta> all = manifest.artifacts().stream().flatMap(each -> each.deltas().stream()).toList();
        return new Piece(delta.name(), delta.size(), delta.sha256(), url(offer, delta.sha256()),
                offer.release() + ".d" + (all.indexOf(delta) + 1), delta.size(), 0);
    }

    private static String url(Offer offer, String sha256) {
        return offer.url().replace(offer.sha256(), sha256);
    }
}
