package io.aftercare.fleet.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Page;
import io.aftercare.fleet.people.Principal;
import io.aftercare.fleet.people.Role;
import io.aftercare.fleet.postgres.Database;
import io.aftercare.fleet.postgres.DatabaseConfig;
import io.aftercare.fleet.postgres.TestDatabase;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AuditIT {
    private static final Principal ANA = new Principal("ana", Set.of(Role.AGENT, Role.ENGINEER), "", "");
    private static final int COUNT = 1500;

    private static DatabaseConfig history;
    private Database database;
    private AuditLog log;

    @BeforeAll
    static void writeSomeHistory() {
        try (Database original = TestDatabase.create()) {
            original.useTransaction(handle -> {
                for (int n = 1; n <= COUNT; n++) {
                    Audit.append(handle, ANA, "device.change", "device/SN-" + n % 7,
                            Json.object().put("n", n));
                }
            });
            history = original.config();
        }
    }

    @BeforeEach
    void copyIt() {
        database = Database.open(TestDatabase.copyOf(history), 3);
        log = new AuditLog(database);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void anUntouchedChainIsIntactAndCounted() {
        AuditLog.Verdict verdict = log.verify();
        assertThat(verdict.intact()).as(verdict.why()).isTrue();
        assertThat(verdict.entries()).isEqualTo(COUNT);
    }

    @Test
    void theDatabaseRefusesToChangeOrRemoveEntries() {
        assertThatThrownBy(() -> database.useTransaction(handle -> handle.execute("DELETE FROM fleet.audit")))
                .isInstanceOf(JdbiException.class).hasMessageContaining("append-only");
        assertThatThrownBy(() -> database.useTransaction(handle -> handle.execute("TRUNCATE fleet.audit")))
                .isInstanceOf(JdbiException.class).hasMessageContaining("append-only");
    }

    @Test
    void aChangedEntryIsFound() {
        tamper("UPDATE fleet.audit SET actor = 'bob' WHERE id = 1234");
        assertThat(log.verify().broken()).isEqualTo(1234);
        assertThat(log.verify().why()).contains("changed");
    }

    @Test
    void aRemovedEntryIsFound() {
        tamper("DELETE FROM fleet.audit WHERE id = 700");
        assertThat(log.verify().broken()).isEqualTo(701);
        assertThat(log.verify().entries()).isEqualTo(699);
    }

    @Test
    void entriesRemovedAtEitherEndAreFound() {
        tamper("DELETE FROM fleet.audit WHERE id > 1490");
        assertThat(log.verify().broken()).isZero();
        assertThat(log.verify().why()).contains("1490").contains("1500");
        tamper("DELETE FROM fleet.audit WHERE id = 1");
        assertThat(log.verify().broken()).isEqualTo(2);
    }

    @Test
    void twoEntriesThatChangedPlacesAreFound() {
        tamper("""
                UPDATE fleet.audit a SET at = b.at, actor = b.actor, detail = b.detail, object = b.object,
                    previous_hash = b.previous_hash, hash = b.hash || 'x'
                FROM fleet.audit b WHERE (a.id, b.id) IN ((50, 51), (51, 50));
                UPDATE fleet.audit SET hash = left(hash, 64) WHERE id IN (50, 51)""");
        assertThat(log.verify().broken()).isEqualTo(50);
        assertThat(log.verify().why()).contains("follow");
    }

    @Test
    void theRecordIsReadByActorObjectAndTimeLatestFirst() {
        var all = new AuditLog.Filter(Optional.of("ana"), Optional.of("device/SN-3"), Optional.empty());
        Page<AuditLog.Shown> first = log.list(all, 10, null);
        assertThat(first.items()).hasSize(10).allMatch(entry -> entry.object().equals("device/SN-3"));
        assertThat(first.items().getFirst().detail().path("n").asInt()).isEqualTo(1494);
        assertThat(first.items().getFirst().roles()).isEqualTo("agent,engineer");
        Page<AuditLog.Shown> second = log.list(all, 10, Long.valueOf(String.valueOf(first.next())));
        assertThat(second.items().getFirst().detail().path("n").asInt()).isEqualTo(1424);
        var later = new AuditLog.Filter(Optional.empty(), Optional.empty(),
                Optional.of(Instant.now().plusSeconds(60)));
        assertThat(log.list(later, 10, null).items()).isEmpty();
    }

    @Test
    void aDeedThatIsRolledBackLeavesNoEntry() {
        assertThatThrownBy(() -> database.useTransaction(handle -> {
            Audit.append(handle, ANA, "device.change", "device/x", null);
            throw new IllegalStateException("after the deed");
        })).hasMessage("after the deed");
        assertThat(log.verify().intact()).isTrue();
        assertThat(log.verify().entries()).isEqualTo(COUNT);
    }

    // As somebody with all rights over the database would.
    private void tamper(String sql) {
        database.useTransaction(handle -> {
            handle.execute("ALTER TABLE fleet.audit DISABLE TRIGGER audit_append_only");
            handle.createScript(sql).execute();
            handle.execute("ALTER TABLE fleet.audit ENABLE TRIGGER audit_append_only");
        });
    }
}
