package io.aftercare.ingest.mqtt;

import io.aftercare.fleet.device.DeviceId;
import io.vertx.core.net.NetSocket;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/// The names in a client's certificate, which the TLS handshake has verified: the subject's CN, then the subject's
/// alternative names, a `dNSName` as it is and of a `URI` what follows the last `/` or `:` (`urn:device:LP-1`,
/// `spiffe://maker/LP-1`). Names that cannot be a device id are left out.
final class Certificates {
    private static final int SAN_DNS = 2;
    private static final int SAN_URI = 6;

    private Certificates() {}

    /// The certificate that a client showed, null without one.
    static @Nullable X509Certificate shown(NetSocket socket) {
        SSLSession session = socket.isSsl() ? socket.sslSession() : null;
        if (session == null) {
            return null;
        }
        try {
            return session.getPeerCertificates()[0] instanceof X509Certificate certificate
                    ? certificate
                    : null;
        } catch (SSLPeerUnverifiedException e) {
            return null; // no client certificate was asked for
        }
    }

    static List<String> names(X509Certificate certificate) {
        Set<String> names = new LinkedHashSet<>();
        try {
            for (Rdn part : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
                if (part.getType().equalsIgnoreCase("CN")) {
                    names.add(String.valueOf(part.getValue()));
                }
            }
            @Nullable
            Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
            if (alternatives != null) {
                alternatives.forEach(alternative -> add(names, alternative));
            }
        } catch (InvalidNameException | CertificateParsingException e) {
            return List.of(); // no name that could be read is no name
        }
        return names.stream().filter(DeviceId::isSerial).toList();
    }

    private static void add(Set<String> names, List<?> alternative) {
        String value = String.valueOf(alternative.get(1));
        if (Integer.valueOf(SAN_DNS).equals(alternative.get(0))) {
            names.add(value);
        } else if (Integer.valueOf(SAN_URI).equals(alternative.get(0))) {
            names.add(value.substring(Math.max(value.lastIndexOf('/'), value.lastIndexOf(':')) + 1));
        }
    }
}
