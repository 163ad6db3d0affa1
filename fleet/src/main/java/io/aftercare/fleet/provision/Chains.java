package io.aftercare.fleet.provision;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertStore;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXCertPathBuilderResult;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Who vouches for a certificate, by RFC 5280, section 6. The TLS handshake has asked whether anybody does; this tells who,
/// because a product's authority opens that product's devices alone, also through an authority below it.
final class Chains {
    private Chains() {}

    /// @param chain as the device sent it, its own certificate first; what else it sent along proves nothing by itself
    /// @return the one of the authorities at which a valid path ends
    static Optional<X509Certificate> anchor(List<X509Certificate> chain,
            Collection<X509Certificate> authorities) {
        if (chain.isEmpty() || authorities.isEmpty()) {
            return Optional.empty();
        }
        X509CertSelector own = new X509CertSelector();
        own.setCertificate(chain.getFirst());
        try {
            var parameters = new PKIXBuilderParameters(authorities.stream()
                    .map(authority -> new TrustAnchor(authority, null)).collect(Collectors.toSet()), own);
            parameters.setRevocationEnabled(false); // an authority is removed instead, or the device retired
            parameters.addCertStore(
                    CertStore.getInstance("Collection", new CollectionCertStoreParameters(chain)));
            var path = (PKIXCertPathBuilderResult) CertPathBuilder.getInstance("PKIX").build(parameters);
            return Optional.ofNullable(path.getTrustAnchor().getTrustedCert());
        } catch (CertPathBuilderException e) {
            return Optional.empty(); // none of them
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // every JDK has PKIX, and the parameters are ours
        }
    }
}
