package io.aftercare.remote.shell;

import static io.aftercare.remote.shell.ShellHouse.ANNA;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What was recorded: that it was not changed, and when it goes.
class RecordingsIT {
    private final ShellHouse shells = new ShellHouse();

    @AfterEach
    void stop() {
        shells.close();
    }

    @Test
    void aRecordingThatWasTamperedWithShows() throws Exception {
        String id = shells.open();
        for (int seq = 1; seq <= 4; seq++) {
            shells.shows(id, seq, "line " + seq + "\r\n");
        }
        shells.post(ANNA, id, "close", null);
        assertThat(shells.verdict(id).path("intact").asBoolean()).isTrue();
        for (String tampering : List.of("UPDATE remote.shell_piece SET data = 'x' WHERE number = 2",
                "DELETE FROM remote.shell_piece WHERE number = 2",
                "DELETE FROM remote.shell_piece WHERE number = 4",
                "UPDATE remote.shell_piece SET at = at + interval '1 s' WHERE number = 3",
                "UPDATE remote.shell_piece SET kind = 'i' WHERE number = 1")) {
            shells.house.database.jdbi().useHandle(handle -> {
                handle.execute("CREATE TABLE kept AS SELECT * FROM remote.shell_piece");
                handle.execute(tampering);
            });
            assertThat(shells.verdict(id).path("intact").asBoolean()).as(tampering).isFalse();
            shells.house.database.jdbi().useHandle(handle -> {
                handle.execute("DELETE FROM remote.shell_piece");
                handle.execute("INSERT INTO remote.shell_piece SELECT * FROM kept");
                handle.execute("DROP TABLE kept");
            });
        }
        assertThat(shells.verdict(id).path("intact").asBoolean()).isTrue();
    }

    @Test
    void whatWasRecordedGoesWithItsCaseAndWhoWasThereStays() throws Exception {
        String id = shells.open();
        shells.shows(id, 1, "secret");
        shells.post(ANNA, id, "close", null);
        assertThat(purge()).isEqualTo(1);
        assertThat(shells.house.as(ANNA, "GET", "/shells/" + id + "/recording", null).status())
                .isEqualTo(410);
        assertThat(shells.house.as(ANNA, "GET", "/shells/" + id + "/recording/verify", null).status())
                .isEqualTo(410);
        assertThat(shells.shell(id).path("why").asText()).isEqualTo("the spooler hangs");
        assertThat(shells.audited("shell.purge")).hasSize(1);
        assertThat(purge()).isZero();
    }

    @Test
    void noRecordingIsKeptForEver() throws Exception {
        String old = shells.open();
        shells.post(ANNA, old, "close", null);
        shells.house.clock.pass(Duration.ofDays(181));
        String young = shells.open();
        shells.post(ANNA, young, "close", null);
        assertThat(new Recordings(shells.house.ground).purgeOld()).isFalse();
        assertThat(shells.house.as(ANNA, "GET", "/shells/" + old + "/recording", null).status())
                .isEqualTo(410);
        assertThat(shells.house.as(ANNA, "GET", "/shells/" + young + "/recording", null).status())
                .isEqualTo(200);
    }

    private int purge() {
        ShellRoom room = new ShellRoom(shells.house.ground, ShellLimits.defaults(true),
                shells.house.remote.actions());
        return shells.house.database
                .inTransaction(handle -> room.purge(handle, Set.of("1", "T-000001")));
    }
}
