package io.aftercare.ingest.mqtt;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// An authority of its own in a folder, and certificates that it signs, made with openssl.
final class Certified {
    private static final char[] PASSWORD = "changeit".toCharArray();

    final Path folder;

    Certified(Path folder) throws IOException, InterruptedException {
        this.folder = folder;
        Program.need("openssl");
        Program.run(folder, "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
                "-nodes", "-keyout", "ca.key", "-out", "ca.pem", "-subj", "/CN=Test CA", "-days", "2");
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    /// Makes `name.pem` and `name.key`, and `name.p12` of both.
    ///
    /// @param alternatives such as `DNS:a,URI:urn:x`, empty for none
    void make(String name, String subject, String alternatives) throws IOException, InterruptedException {
        make(name, subject, alternatives.isEmpty() ? "" : "subjectAltName=" + alternatives + "\n", "ca");
    }

    /// Makes an authority below `issuer`.
    void makeAuthority(String name, String subject, String issuer) throws IOException, InterruptedException {
        make(name, subject, "basicConstraints=critical,CA:true\n", issuer);
    }

    /// As [#make(String, String, String)], signed by another; the issuer's certificate is shown along.
    void make(String name, String subject, String extensions, String issuer)
            throws IOException, InterruptedException {
        Program.run(folder, "openssl", "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
                "-nodes", "-keyout", name + ".key", "-out", name + ".csr", "-subj", subject);
        Files.writeString(file(name + ".ext"), extensions);
        Program.run(folder, "openssl", "x509", "-req", "-in", name + ".csr", "-CA", issuer + ".pem", "-CAkey",
                issuer + ".key", "-CAcreateserial", "-out", name + ".pem", "-days", "2", "-extfile",
                name + ".ext");
        Program.run(folder, "openssl", "pkcs12", "-export", "-in", name + ".pem", "-inkey", name + ".key",
                "-certfile", issuer + ".pem", "-out", name + ".p12", "-passout", "pass:changeit");
    }

    TrustManagerFactory trust() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream in = Files.newInputStream(file("ca.pem"))) {
            Certificate authority = CertificateFactory.getInstance("X.509").generateCertificate(in);
            store.setCertificateEntry("ca", authority);
        }
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory;
    }

    KeyManagerFactory identity(String name) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file(name + ".p12"))) {
            store.load(in, PASSWORD);
        }
        var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, PASSWORD);
        return factory;
    }

    SSLContext context() throws IOException, GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust().getTrustManagers(), null);
        return context;
    }
}
