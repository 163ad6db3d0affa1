package io.aftercare.fleet.provision;

import io.aftercare.fleet.digest.Sha256;
import io.aftercare.fleet.http.Problem;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// The rows of `fleet.product_authority`; each method works in the caller's transaction.
final class Authorities {
    static final int COUNT_MAX = 200;
    private static final String SELECT = """
            SELECT fingerprint, model, subject, certificate, enabled, devices_max, devices FROM fleet.product_authority
            """;

    private Authorities() {}

    static List<Authority> all(Handle handle) {
        return handle.createQuery(SELECT + " ORDER BY created_at LIMIT :max").bind("max", COUNT_MAX)
                .map((row, _) -> map(row)).list();
    }

    static List<Authority> of(Handle handle, String model) {
        return handle.createQuery(SELECT + "WHERE model = :model ORDER BY created_at LIMIT :max")
                .bind("model", model).bind("max", COUNT_MAX).map((row, _) -> map(row)).list();
    }

    static void insert(Handle handle, String model, String pem, int devicesMax) {
        X509Certificate certificate = parse(pem);
        if (certificate.getBasicConstraints() < 0) {
            throw Problem.invalid("certificate", "it is no authority's: its basic constraints do not say CA");
        }
        int made = handle.createUpdate("""
                INSERT INTO fleet.product_authority (fingerprint, model, subject, certificate, devices_max)
                SELECT :fingerprint, :model, :subject, :pem, :max
                WHERE (SELECT count(*) FROM fleet.product_authority) < :count ON CONFLICT DO NOTHING""")
                .bind("fingerprint", fingerprint(certificate)).bind("model", model)
                .bind("subject", certificate.getSubjectX500Principal().getName()).bind("pem", pem)
                .bind("max", devicesMax).bind("count", COUNT_MAX).execute();
        if (made == 0) {
            throw Problem.conflict("This authority is registered already, or there are " + COUNT_MAX);
        }
    }

    /// Counts a device; false where there were enough.
    static boolean count(Handle handle, String fingerprint) {
        return handle.createUpdate("""
                UPDATE fleet.product_authority SET devices = devices + 1
                WHERE fingerprint = :fingerprint AND enabled AND devices < devices_max""")
                .bind("fingerprint", fingerprint).execute() == 1;
    }

    static boolean remove(Handle handle, String model, String fingerprint) {
        return handle.createUpdate(
                "DELETE FROM fleet.product_authority WHERE model = :model AND fingerprint = :fingerprint")
                .bind("model", model).bind("fingerprint", fingerprint).execute() == 1;
    }

    static X509Certificate parse(String pem) {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
        } catch (CertificateException e) {
            throw Problem.invalid("certificate", "it is no X.509 certificate in PEM: " + e.getMessage());
        }
    }

    private static String fingerprint(X509Certificate certificate) {
        try {
            return Sha256.hex(certificate.getEncoded());
        } catch (CertificateException e) {
            throw new IllegalStateException(e); // it was parsed
        }
    }

    private static Authority map(ResultSet row) throws SQLException {
        return new Authority(row.getString("fingerprint"), row.getString("model"), row.getString("subject"),
                parse(row.getString("certificate")), row.getBoolean("enabled"), row.getInt("devices_max"),
                row.getInt("devices"));
    }
}
