package io.aftercare.simulator.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CredentialsFileTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void whatWasWrittenIsReadAndNobodyElseMayRead() throws IOException {
        Path file = folder.resolve("new/credentials.csv");
        List<Credential> devices = List.of(new Credential("LP-1", "LP-2000", "secret"),
                new Credential("X.2", "", ""));
        CredentialsFile.write(file, devices);
        CredentialsFile.write(file, devices);
        assertThat(CredentialsFile.read(file)).isEqualTo(devices);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
    }

    @Test
    void jsonIsReadToo() throws IOException {
        Path file = Files.writeString(folder.resolve("c.json"),
                "[{\"id\":\"LP-1\",\"model\":\"LP-2000\",\"token\":\"t\"}]");
        assertThat(CredentialsFile.read(file)).containsExactly(new Credential("LP-1", "LP-2000", "t"));
    }

    @Test
    void aWrongLineIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("c.csv"),
                "id,model,token\nLP-1,LP-2000,t\nLP 2,LP-2000,t\n");
        assertThatThrownBy(() -> CredentialsFile.read(file)).hasMessageContaining("line 3")
                .hasMessageContaining("LP 2");
        Path short1 = Files.writeString(folder.resolve("d.csv"), "id,model,token\nLP-1,LP-2000\n");
        assertThatThrownBy(() -> CredentialsFile.read(short1)).hasMessageContaining("line 2");
        Path headless = Files.writeString(folder.resolve("e.csv"), "LP-1,LP-2000,t\n");
        assertThatThrownBy(() -> CredentialsFile.read(headless)).hasMessageContaining("id,model,token");
    }

    @Test
    void aTokenIsNeverPrinted() {
        assertThat(new Credential("LP-1", "LP-2000", "secret").toString()).doesNotContain("secret");
    }
}
