package io.aftercare.ota.release;

import java.net.URI;
import java.util.Optional;

/// A bucket, and how to get at it.
///
/// @param prefix    before each name, empty or ending with a slash
/// @param endpoint  of a service other than Amazon's, such as `https://minio.example.com:9000`
/// @param region    Amazon's; others mostly take any
/// @param accessKey empty, with `secretKey`: the platform's own ways to find credentials
public record S3Config(String bucket, String prefix, Optional<URI> endpoint, String region, String accessKey,
        String secretKey) {
    /// Reads `s3://bucket/prefix`.
    ///
    /// @throws IllegalArgumentException saying what would be right
    public static S3Config of(String address, Optional<URI> endpoint, String region, String accessKey,
            String secretKey) {
        if (!address.matches("s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[A-Za-z0-9._/-]*)?")) {
            throw new IllegalArgumentException("an address such as s3://bucket/prefix is needed");
        }
        if (accessKey.isEmpty() != secretKey.isEmpty()) {
            throw new IllegalArgumentException("an access key and its secret key are needed, or neither");
        }
        String rest = address.substring("s3://".length());
        int slash = rest.indexOf('/');
        String prefix = slash < 0 ? "" : rest.substring(slash + 1);
        return new S3Config(slash < 0 ? rest : rest.substring(0, slash),
                prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/", endpoint, region, accessKey,
                secretKey);
    }

    @Override
    public String toString() {
        return "s3://" + bucket + "/" + prefix; // without its secret
    }
}
