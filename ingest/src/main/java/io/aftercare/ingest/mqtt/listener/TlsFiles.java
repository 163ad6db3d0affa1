package io.aftercare.ingest.mqtt.listener;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.X509KeyManager;
import org.jspecify.annotations.Nullable;

/// The PEM files of the endpoint's TLS as they were at one moment, known to fit together: what was tried is what is used.
///
/// @param clientAuthority whose certificates stand for any device; null: devices may come without a certificate
/// @param products        the authorities of products, for their devices
/// @param expires         when the certificate ends
record TlsFiles(Buffer certificate, Buffer key, @Nullable Buffer clientAuthority,
        List<X509Certificate> products, Instant expires) {
    private static final byte[] PROBE = {1, 2, 3, 4};

    /// Files that cannot be used, with the reason.
    static final class Unusable extends Exception {
        Unusable(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /// Reads the files and tries them; blocks.
    static TlsFiles read(Vertx vertx, MqttConfig.Tls tls, List<X509Certificate> products) throws Unusable {
        Buffer certificate = bytes(tls.certificate());
        Buffer key = bytes(tls.key());
        @Nullable
        Buffer authority = tls.clientAuthority() == null ? null : bytes(tls.clientAuthority());
        try {
            Instant expires = agree(vertx, certificate, key, tls);
            if (authority != null) {
                new PemTrustOptions().addCertValue(authority).getTrustManagerFactory(vertx);
            }
            return new TlsFiles(certificate, key, authority, products, expires);
        } catch (Unusable e) {
            throw e;
        } catch (Exception e) {
            throw new Unusable("the PEM files cannot be read: " + e.getMessage(), e);
        }
    }

    private static Buffer bytes(Path file) throws Unusable {
        try {
            return Buffer.buffer(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new Unusable(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    // A certificate and a key that do not belong together would be taken, and every handshake would fail.
    private static Instant agree(Vertx vertx, Buffer certificate, Buffer key, MqttConfig.Tls tls)
            throws Exception {
        for (KeyManager manager : options(certificate, key).getKeyManagerFactory(vertx).getKeyManagers()) {
            if (manager instanceof X509KeyManager keys) {
                for (String type : new String[]{"RSA", "EC", "EdDSA", "RSASSA-PSS"}) {
                    String @Nullable [] aliases = keys.getServerAliases(type, null);
                    if (aliases != null && aliases.length > 0) {
                        X509Certificate first = keys.getCertificateChain(aliases[0])[0];
                        if (!isPair(keys.getPrivateKey(aliases[0]), first)) {
                            throw new Unusable("the key in " + tls.key()
                                    + " is not the one of the certificate in " + tls.certificate(), null);
                        }
                        return first.getNotAfter().toInstant();
                    }
                }
            }
        }
        throw new Unusable("there is no certificate with a key in " + tls.certificate(), null);
    }

    private static boolean isPair(PrivateKey key, X509Certificate certificate) throws Exception {
        String algorithm = switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> key.getAlgorithm();
        };
        Signature signing = Signature.getInstance(algorithm);
        signing.initSign(key);
        signing.update(PROBE);
        byte[] signature = signing.sign();
        Signature checking = Signature.getInstance(algorithm);
        checking.initVerify(certificate.getPublicKey());
        checking.update(PROBE);
        return checking.verify(signature);
    }

    private static PemKeyCertOptions options(Buffer certificate, Buffer key) {
        return new PemKeyCertOptions().addCertValue(certificate).addKeyValue(key);
    }

    /// As a server wants them.
    ServerSSLOptions options() {
        ServerSSLOptions options = new ServerSSLOptions();
        options.setKeyCertOptions(options(certificate, key));
        if (clientAuthority != null || !products.isEmpty()) {
            PemTrustOptions trusted = new PemTrustOptions();
            if (clientAuthority != null) {
                trusted.addCertValue(clientAuthority);
            }
            products.forEach(authority -> trusted.addCertValue(Buffer.buffer(Certificates.pem(authority))));
            options.setTrustOptions(trusted);
            options.setClientAuth(clientAuthority == null ? ClientAuth.REQUEST : ClientAuth.REQUIRED);
        }
        return options;
    }

    /// The authorities whose certificates stand for devices of every product.
    List<X509Certificate> anyDevice() throws CertificateException {
        return clientAuthority == null ? List.of() : Certificates.read(clientAuthority.getBytes());
    }

    /// Whether the files have changed since.
    boolean isSame(TlsFiles other) {
        return Arrays.equals(certificate.getBytes(), other.certificate.getBytes())
                && Arrays.equals(key.getBytes(), other.key.getBytes())
                && products.equals(other.products)
                && (clientAuthority == null
                        ? other.clientAuthority == null
                        : clientAuthority.equals(other.clientAuthority));
    }
}
