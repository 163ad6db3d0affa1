package io.aftercare.simulator.ota;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a device was built with: release keys, each of which counts for itself, or a root document, which then says whose
/// signatures count. A key id in an envelope is only a hint (it is not signed): every key is tried.
public record TrustedKeys(Map<String, PublicKey> byName, Optional<Offer.Bytes> root) {
    private static final Logger LOG = LoggerFactory.getLogger(TrustedKeys.class);

    public TrustedKeys(Map<String, PublicKey> byName) {
        this(byName, Optional.empty());
    }

    /// The same with a root in place of single keys.
    ///
    /// @param file the root's envelope, of version 1 or later
    /// @throws IllegalArgumentException where that holds no root
    public TrustedKeys withRoot(Path file) throws IOException {
        byte[] envelope = Files.readAllBytes(file);
        try {
            Root read = Root.first(envelope);
            LOG.info("the devices are built with root version {}", read.version());
        } catch (RefusedException | IOException e) {
            throw new IllegalArgumentException(file + " is no root envelope: " + e.getMessage(), e);
        }
        return new TrustedKeys(byName, Optional.of(new Offer.Bytes(envelope)));
    }

    public TrustedKeys {
        byName = Map.copyOf(byName);
    }

    /// Reads SPKI PEM files, each given as `FILE` or `NAME=FILE`.
    ///
    /// @throws IllegalArgumentException naming the file that holds no Ed25519 public key
    public static TrustedKeys read(List<String> files) throws IOException {
        Map<String, PublicKey> keys = new LinkedHashMap<>();
        for (String each : files) {
            int equals = each.indexOf('=');
            Path file = Path.of(each.substring(equals + 1));
            String name = equals > 0 ? each.substring(0, equals) : file.getFileName().toString();
            keys.put(name, parse(file.toString(), Files.readString(file, StandardCharsets.US_ASCII)));
        }
        return new TrustedKeys(keys);
    }

    static PublicKey parse(String where, String pem) {
        String body = pem.replaceAll("-----(BEGIN|END) PUBLIC KEY-----", "").replaceAll("\\s", "");
        try {
            return KeyFactory.getInstance("Ed25519")
                    .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(body)));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalArgumentException(where
                    + " is not an Ed25519 public key in PEM (BEGIN PUBLIC KEY); make one with aftercare's keygen",
                    e);
        }
    }
}
