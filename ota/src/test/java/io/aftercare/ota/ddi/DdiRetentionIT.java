package io.aftercare.ota.ddi;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercare.fleet.postgres.Database;
import io.aftercare.fleet.postgres.Housekeeping;
import io.aftercare.fleet.postgres.TestDatabase;
import io.aftercare.ota.OtaServer;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DdiRetentionIT {
    @Test
    void endedActionsGoAfterNinetyDaysButForTheLastThatADeviceFinished() {
        try (Database database = TestDatabase.create("ota");
                Housekeeping housekeeping = new Housekeeping(database, Duration.ofMillis(20))) {
            action(database, 1, "finished", "91 days");
            action(database, 2, "error", "91 days");
            action(database, 3, "finished", "91 days");
            action(database, 4, "error", "89 days");
            action(database, 5, null, "91 days");
            Ddi.sweep(housekeeping);
            housekeeping.start();
            OtaServer.await("the old ones to go", () -> campaigns(database).equals(List.of(3, 4, 5)));
            int told = database.jdbi().withHandle(handle -> handle
                    .createQuery("SELECT count(*) FROM ota.ddi_status").mapTo(Integer.class).one());
            assertThat(told).as("of the one that ended lately, and of the open one").isEqualTo(2);
        }
    }

    private static List<Integer> campaigns(Database database) {
        return database.jdbi().withHandle(handle -> handle
                .createQuery("SELECT campaign FROM ota.ddi_action ORDER BY campaign").mapTo(Integer.class)
                .list());
    }

    // of one device; its one status is as old as its end
    private static void action(Database database, int campaign, @Nullable String ended,
            String ago) {
        database.useTransaction(handle -> handle.createUpdate("""
                WITH made AS (
                    INSERT INTO ota.ddi_action (device, campaign, attempt, opened_at, ended, ended_at)
                    VALUES (1, :campaign, 1, now() - :ago::interval, :ended,
                        CASE WHEN :ended::text IS NOT NULL THEN now() - :ago::interval END) RETURNING id)
                INSERT INTO ota.ddi_status (action, at, messages)
                SELECT id, now() - :ago::interval, '{told}' FROM made""").bind("campaign", campaign)
                .bind("ended", ended).bind("ago", ago).execute());
    }
}
