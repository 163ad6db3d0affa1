package io.aftercare.simulator.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.simulator.staff.Multipart;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// The people who make firmware, with their own machine: the private key never leaves their folder, and only the
/// backend's offline tools are used.
final class FirmwareTeam {
    static final String KEY_NAME = "release-2026";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int IMAGE_BYTES = 512 * 1024;

    private final Path serverJar;
    private final Path folder;

    FirmwareTeam(Path serverJar, Path folder) {
        this.serverJar = serverJar;
        this.folder = folder;
    }

    /// Makes a key pair; returns the file of the public half.
    Path makeKeys() throws IOException, InterruptedException, DemoException {
        tool("keygen", "--out", folder.toString());
        return folder.resolve("release.pub");
    }

    String publicKey() throws IOException {
        return Files.readString(folder.resolve("release.pub"), StandardCharsets.US_ASCII);
    }

    /// A firmware to be made.
    ///
    /// @param behaviour what it does differently from the one that left the factory
    /// @param fixes     codes of the faults that it mends
    /// @param revertTo  the lowest counter that devices running it may be told to return to; 0 for none
    record Build(String product, String hardware, String version, long counter, Map<String, String> behaviour,
            List<String> fixes, long revertTo) {}

    /// Builds and signs a firmware.
    Multipart release(Build build) throws IOException, InterruptedException, DemoException {
        Path image = folder.resolve(build.product() + "-" + build.version() + ".fw");
        byte[] bytes = image(build);
        Files.write(image, bytes);
        Path manifest = folder.resolve("manifest.json");
        Files.writeString(manifest, manifest(build, image, bytes).toPrettyString());
        Path envelope = folder.resolve("envelope.json");
        tool("sign", "--key", folder.resolve("release.key").toString(), "--keyid", KEY_NAME, "--manifest",
                manifest.toString(), "--out", envelope.toString());
        tool("verify", "--pub", folder.resolve("release.pub").toString(), "--envelope", envelope.toString(),
                image.toString());
        return new Multipart().file("envelope", envelope, "application/json").file("artifact", image,
                "application/octet-stream");
    }

    private static byte[] image(Build build) {
        ObjectNode content = JSON.createObjectNode().put("version", build.version());
        ObjectNode behaviour = content.putObject("behaviour");
        build.behaviour().forEach(behaviour::put);
        byte[] head = (content + "\n").getBytes(StandardCharsets.UTF_8);
        byte[] bytes = new byte[IMAGE_BYTES];
        Arrays.fill(bytes, (byte) ' ');
        System.arraycopy(head, 0, bytes, 0, head.length);
        return bytes;
    }

    private static ObjectNode manifest(Build build, Path image, byte[] bytes) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        ObjectNode manifest = JSON.createObjectNode().put("product", build.product());
        manifest.putArray("hardware").add(build.hardware());
        manifest.put("counter", build.counter()).put("version", build.version()).put("minFrom", "2.0.0");
        manifest.putArray("artifacts").addObject().put("name", image.getFileName().toString())
                .put("size", bytes.length).put("sha256", sha256(bytes));
        build.fixes().forEach(manifest.putArray("fixes")::add);
        if (build.revertTo() > 0) {
            manifest.put("revertTo", build.revertTo());
        }
        return manifest.put("issued", now.toString()).put("expires",
                now.plus(365, ChronoUnit.DAYS).toString());
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private void tool(String... arguments) throws IOException, InterruptedException, DemoException {
        List<String> command = new ArrayList<>(List.of(Backend.java(), "-XX:TieredStopAtLevel=1", "-jar",
                serverJar.toString()));
        command.addAll(List.of(arguments));
        Path log = folder.resolve("tools.log");
        Process process = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())).start();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new DemoException("'" + arguments[0] + "' did not end within 60 s");
        }
        if (process.exitValue() != 0) {
            throw new DemoException("'aftercare " + String.join(" ", arguments) + "' ended with code "
                    + process.exitValue() + ":\n" + Files.readString(log));
        }
    }
}
