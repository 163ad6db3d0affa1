package io.aftercare.fleet.provision;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;

/// Who signs the certificates of a product's devices.
///
/// @param fingerprint SHA-256 of its certificate, in hex
/// @param devicesMax  how many devices it may bring in by themselves
/// @param devices     how many it has brought in
record Authority(String fingerprint, String model, String subject, X509Certificate certificate,
        boolean enabled, int devicesMax, int devices) {
    boolean isOpen() {
        return enabled && devices < devicesMax;
    }

    boolean hasSigned(X509Certificate device) {
        if (!device.getIssuerX500Principal().equals(certificate.getSubjectX500Principal())) {
            return false;
        }
        try {
            device.verify(certificate.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false; // signed by another of the same name
        }
    }
}
