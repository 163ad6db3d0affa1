package io.aftercare.ingest.mqtt;

import io.vertx.core.net.NetSocket;
import java.security.cert.X509Certificate;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/// The name in a client's certificate, which the TLS handshake has verified.
final class Certificates {
    private Certificates() {}

    /// The CN of the client's certificate, null where it showed none.
    static @Nullable String commonName(NetSocket socket) {
        SSLSession session = socket.isSsl() ? socket.sslSession() : null;
        if (session == null) {
            return null;
        }
        try {
            return session.getPeerCertificates()[0] instanceof X509Certificate certificate
                    ? commonName(certificate.getSubjectX500Principal().getName())
                    : null;
        } catch (SSLPeerUnverifiedException | InvalidNameException e) {
            return null; // no client certificate was asked for
        }
    }

    private static @Nullable String commonName(String subject) throws InvalidNameException {
        for (Rdn part : new LdapName(subject).getRdns()) {
            if (part.getType().equalsIgnoreCase("CN")) {
                return String.valueOf(part.getValue());
            }
        }
        return null;
    }
}
