package io.aftercare.simulator.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void whatWasSentAndAcknowledgedIsReadBack() throws IOException {
        long seed = 11;
        Random random = new Random(seed);
        Path file = folder.resolve("ledger");
        List<TreeSet<Long>> sent = List.of(new TreeSet<>(), new TreeSet<>());
        List<TreeSet<Long>> acknowledged = List.of(new TreeSet<>(), new TreeSet<>());
        try (Ledger ledger = Ledger.create(file, List.of("D-1", "D-2"))) {
            List<Ledger.Recorder> recorders = List.of(ledger.recorder(0), ledger.recorder(1));
            for (int i = 0; i < 5_000; i++) {
                int device = random.nextInt(2);
                long ts = 1_767_225_600_000L + i;
                recorders.get(device).sent(ts);
                sent.get(device).add(ts);
                if (random.nextInt(3) > 0) {
                    recorders.get(device).acknowledged(ts);
                    acknowledged.get(device).add(ts);
                }
            }
            recorders.forEach(Ledger.Recorder::flush);
        }
        LedgerContents contents = LedgerContents.read(file);
        for (int i = 0; i < 2; i++) {
            LedgerContents.Device device = contents.devices().get(i);
            assertThat(device.id()).isEqualTo("D-" + (i + 1));
            assertThat(device.sent().boxed()).as("seed %d", seed).containsExactlyElementsOf(sent.get(i));
            assertThat(device.acknowledged().boxed()).containsExactlyElementsOf(acknowledged.get(i));
            TreeSet<Long> left = new TreeSet<>(sent.get(i));
            left.removeAll(acknowledged.get(i));
            assertThat(device.unacknowledged().boxed()).containsExactlyElementsOf(left);
        }
        assertThat(contents.sent()).isEqualTo(5_000);
    }

    @Test
    void aLaterRunAppendsAndACutRecordIsLeftOut() throws IOException {
        Path file = folder.resolve("ledger");
        try (Ledger ledger = Ledger.create(file, List.of("D-1"))) {
            Ledger.Recorder recorder = ledger.recorder(0);
            recorder.sent(1);
            recorder.flush();
        }
        try (Ledger ledger = Ledger.reopen(file)) {
            Ledger.Recorder recorder = ledger.recorder(0);
            recorder.acknowledged(1);
            recorder.flush();
        }
        Files.write(file, new byte[]{1, 2, 3}, StandardOpenOption.APPEND);
        assertThat(LedgerContents.read(file).acknowledged()).isEqualTo(1);
        assertThat(LedgerContents.read(file).devices().getFirst().unacknowledged()).isEmpty();
    }

    @Test
    void anotherFileIsNoLedger() throws IOException {
        Path file = Files.writeString(folder.resolve("x"), "id,model,token\n");
        assertThatThrownBy(() -> LedgerContents.read(file)).hasMessageContaining("is not a ledger");
    }
}
