package io.aftercare.simulator.ota;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aftercare.simulator.ota.Offer.Envelope;
import java.io.IOException;
import java.time.Instant;

/// The backend's word, signed online, that one device is to have one manifest now. Whoever holds release keys alone cannot
/// choose what a device gets, not even among genuine releases.
///
/// @param manifestSha256 of the manifest's signed bytes
/// @param revert whether it may be a lower counter
record Assignment(String device, String manifestSha256, Instant expires, boolean revert) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /// Verifies the assignment of an offer.
    ///
    /// @throws RefusedException where there is none, or it is somebody else's, for something else, or too old
    static Assignment check(Offer offer, Root root, String device, Instant now) throws RefusedException {
        Envelope envelope = offer.assignment()
                .orElseThrow(() -> wrong("the offer has no assignment, which root version " + root.version()
                        + " asks for"));
        if (!envelope.type().equals(Dsse.ASSIGNMENT_TYPE)
                || envelope.signers(root.assignment().keys()).isEmpty()) {
            throw wrong("the assignment is not by a key that root version " + root.version()
                    + " names for it");
        }
        Assignment assignment = parse(envelope);
        if (!assignment.device.equals(device)) {
            throw wrong("the assignment is for " + assignment.device + ", this is " + device);
        }
        if (!assignment.manifestSha256
                .equals(Hashes.sha256(offer.envelope().payload().value()))) {
            throw wrong("the assignment is for another manifest");
        }
        if (!now.isBefore(assignment.expires)) {
            throw wrong("the assignment was good until " + assignment.expires);
        }
        return assignment;
    }

    private static Assignment parse(Envelope envelope) throws RefusedException {
        try {
            JsonNode json = JSON.readTree(envelope.payload().value());
            return new Assignment(json.path("device").asText(), json.path("manifestSha256").asText(),
                    Times.parse(json.path("expires"))
                            .orElseThrow(() -> wrong("the assignment's expires is not a time")),
                    json.path("revert").asBoolean());
        } catch (IOException e) {
            throw wrong("the assignment cannot be read: " + e.getMessage());
        }
    }

    private static RefusedException wrong(String detail) {
        return new RefusedException(Attack.WRONG_SOFTWARE, detail);
    }
}
