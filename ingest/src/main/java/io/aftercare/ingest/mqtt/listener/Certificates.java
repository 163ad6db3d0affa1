package io.aftercare.ingest.mqtt.listener;

import io.aftercare.fleet.device.DeviceId;
import io.vertx.core.net.NetSocket;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
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

    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[]{'\n'});

    private Certificates() {}

    /// The certificates that a client showed, its own first; none without one.
    static List<X509Certificate> shown(NetSocket socket) {
        SSLSession session = socket.isSsl() ? socket.sslSession() : null;
        if (session == null) {
            return List.of();
        }
        try {
            return Arrays.stream(session.getPeerCertificates()).map(X509Certificate.class::cast).toList();
        } catch (SSLPeerUnverifiedException e) {
            return List.of(); // no client certificate was asked for, or none was shown
        }
    }

    /// A file of certificates in PEM.
    static List<X509Certificate> read(byte[] pem) throws CertificateException {
        return CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem))
                .stream()
                .map(X509Certificate.class::cast).toList();
    }

    static String pem(X509Certificate certificate) {
        try {
            return "-----BEGIN CERTIFICATE-----\n" + LINES.encodeToString(certificate.getEncoded())
                    + "\n-----END CERTIFICATE-----\n";
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e); // it was decoded
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
