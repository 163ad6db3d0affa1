package io.aftercare.fleet.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DatabaseIT {
    @Test
    void aServerThatAnswersIsReadyAtOnce() throws Exception {
        try (Database database = Database.open(TestDatabase.empty(), 2)) {
            database.awaitReady(Duration.ofSeconds(10));
            assertThat(database.answers()).isTrue();
            assertThat(database.hasTimescale()).isFalse();
        }
    }

    @Test
    void nobodyListeningIsToldInOneLineWithTheUrlAndTheRemedy() throws Exception {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        String url = "jdbc:postgresql://127.0.0.1:" + port + "/aftercare?password=hidden";
        try (Database database = Database.open(new DatabaseConfig(url, "me", "secret"), 2)) {
            assertThatThrownBy(() -> database.awaitReady(Duration.ofMillis(600)))
                    .isInstanceOf(DatabaseUnavailable.class)
                    .hasMessageContaining("127.0.0.1:" + port).hasMessageContaining("AFTERCARE_DATABASE_URL")
                    .hasMessageNotContaining("secret").hasMessageNotContaining("hidden")
                    .hasMessageNotContaining("\n");
        }
    }

    @Test
    void aWrongPasswordIsToldAtOnce() {
        DatabaseConfig right = TestDatabase.empty();
        DatabaseConfig wrong = new DatabaseConfig(right.url(), right.user(), "wrong");
        try (Database database = Database.open(wrong, 2)) {
            assertThatThrownBy(() -> database.awaitReady(Duration.ofHours(1)))
                    .isInstanceOf(DatabaseUnavailable.class)
                    .hasMessageContaining("AFTERCARE_DATABASE_PASSWORD");
        }
    }
}
