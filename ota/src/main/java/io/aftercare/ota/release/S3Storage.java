package io.aftercare.ota.release;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/// A bucket of Amazon's S3, or of anything that speaks its protocol. The client is made at its first use, so that it costs
/// the start nothing.
public final class S3Storage implements ObjectStorage {
    private final S3Config config;
    private @Nullable S3Client client;

    public S3Storage(S3Config config) {
        this.config = config;
    }

    @Override
    public void put(Path file, String sha256) throws IOException {
        told(() -> client().putObject(request -> request.bucket(config.bucket()).key(key(sha256)),
                RequestBody.fromFile(file)));
    }

    @Override
    public InputStream open(String sha256) throws IOException {
        return told(
                () -> client().getObject(request -> request.bucket(config.bucket()).key(key(sha256))));
    }

    @Override
    public boolean has(String sha256) throws IOException {
        try {
            var _ = told(
                    () -> client().headObject(request -> request.bucket(config.bucket()).key(key(sha256))));
            return true;
        } catch (NoSuchFileException e) {
            return false; // which is what is asked
        }
    }

    @Override
    public void delete(String sha256) throws IOException {
        var _ = told(
                () -> client().deleteObject(request -> request.bucket(config.bucket()).key(key(sha256))));
    }

    private String key(String sha256) {
        return config.prefix() + "sha256/" + sha256;
    }

    private <T> T told(Supplier<T> call) throws IOException {
        try {
            return call.get();
        } catch (NoSuchKeyException e) {
            NoSuchFileException missing = new NoSuchFileException(config.toString());
            missing.initCause(e);
            throw missing;
        } catch (SdkException e) {
            throw new IOException("The artifacts in " + config + " cannot be reached: " + e.getMessage(), e);
        }
    }

    private synchronized S3Client client() {
        S3Client known = client;
        if (known == null) {
            // the newer checksums are refused by services that are not Amazon's; ours is SHA-256, at each reading
            S3ClientBuilder builder = S3Client.builder().httpClient(UrlConnectionHttpClient.create())
                    .region(Region.of(config.region())).credentialsProvider(credentials())
                    .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                    .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED);
            config.endpoint().ifPresent(endpoint -> builder.endpointOverride(endpoint).forcePathStyle(true));
            known = builder.build();
            client = known;
        }
        return known;
    }

    private AwsCredentialsProvider credentials() {
        return config.accessKey().isEmpty()
                ? DefaultCredentialsProvider.builder().build()
                : StaticCredentialsProvider
                        .create(AwsBasicCredentials.create(config.accessKey(), config.secretKey()));
    }

    @Override
    public synchronized void close() {
        if (client != null) {
            client.close();
        }
    }
}
