package io.aftercare.ota.ddi;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Debian's SWUpdate as a device: installs into a folder instead of a partition. One runs at a time.
final class SwUpdate {
    private static final String KEYS = """
            for name in team thief; do
                openssl req -x509 -newkey rsa:2048 -nodes -keyout $name.key -out $name.pem -subj /CN=$name -days 2 \\
                    -addext extendedKeyUsage=emailProtection 2>/dev/null
            done
            """;
    private static final String PACK = """
            sum=$(sha256sum payload.bin | cut -d' ' -f1)
            cat > sw-description <<EOF
            software = {
                version = "$1";
                hardware-compatibility: [ "1.0" ];
                files: ( { filename = "payload.bin"; path = "$2"; sha256 = "$sum"; } );
            }
            EOF
            openssl cms -sign -in sw-description -out sw-description.sig -signer $3.pem -inkey $3.key \\
                -outform DER -nosmimecap -binary
            printf 'sw-description\\nsw-description.sig\\npayload.bin\\n' | cpio -o -H crc -F out.swu
            """;

    private final Path folder;
    private final List<Process> started = new ArrayList<>();

    /// @param folder what it needs and what it installs lies here
    SwUpdate(Path folder) throws IOException, InterruptedException {
        for (String program : List.of("swupdate", "cpio", "openssl")) {
            Program.need(program);
        }
        this.folder = folder;
        Program.shell(folder, KEYS);
    }

    /// Makes an image; `signer` is `team`, which the device trusts, or `thief`.
    byte[] image(String version, byte[] payload, String signer) throws IOException, InterruptedException {
        Files.write(folder.resolve("payload.bin"), payload);
        Program.shell(folder, PACK, version, installed().toString(), signer);
        return Files.readAllBytes(folder.resolve("out.swu"));
    }

    /// Where the payload goes.
    Path installed() {
        return folder.resolve("installed.bin");
    }

    /// What it wrote in all its runs, for a test that fails.
    Path log() {
        return folder.resolve("swupdate.log");
    }

    /// Switches the device on.
    ///
    /// @param version it states about itself
    /// @param boot    what it reports of the boot: nothing, `-c 2` for a good one, `-c 3` for a bad one
    Process start(int port, String device, String token, String version, String boot) throws IOException {
        Path config = folder.resolve("swupdate.cfg");
        Files.writeString(config, """
                globals : { verbose = true; loglevel = 5; syslog = false; };
                identify : ( { name = "version"; value = "%s"; } );
                """.formatted(version), StandardCharsets.UTF_8);
        String hawkbit = "-t DEFAULT -u http://127.0.0.1:" + port + " -i " + device + " -k " + token
                + " -r 5 -w 1 " + boot;
        ProcessBuilder builder = new ProcessBuilder("swupdate", "-f", config.toString(), "-k",
                folder.resolve("team.pem").toString(), "-H", "board:1.0", "-u", hawkbit.strip());
        builder.environment().put("TMPDIR", folder.toString());
        Process process = builder.directory(folder.toFile()).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile())).start();
        started.add(process);
        return process;
    }

    /// Somebody at the device presses "look for updates".
    void trigger() throws IOException, InterruptedException {
        Program.shell(folder, "TMPDIR=$PWD swupdate-ipc hawkbitcfg -t");
    }

    /// Switches it off, without a good-bye.
    void cut(Process process) throws InterruptedException {
        List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
        process.destroy();
        all.forEach(ProcessHandle::destroy);
        if (!process.waitFor(5, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        all.forEach(ProcessHandle::destroyForcibly);
    }

    /// Switches everything off that was switched on.
    void off() throws InterruptedException {
        for (Process process : started) {
            cut(process);
        }
    }
}
