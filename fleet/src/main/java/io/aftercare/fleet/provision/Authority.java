package io.aftercare.fleet.provision;

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

    /// Whether it is of the same name and key.
    boolean isSame(X509Certificate other) {
        return certificate.getSubjectX500Principal().equals(other.getSubjectX500Principal())
                && certificate.getPublicKey().equals(other.getPublicKey());
    }
}
