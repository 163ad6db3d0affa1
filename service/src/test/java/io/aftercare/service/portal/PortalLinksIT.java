package io.aftercare.service.portal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aftercare.service.TestApi;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PortalLinksIT {
    @AutoClose
    private final TestApi api = new TestApi();

    @Test
    @Tag("R19")
    void aLinkLeadsToItsCaseUntilItEndsOrIsRevoked() {
        long ticket = ticket();
        Instant now = TestApi.START;
        api.database.useTransaction(handle -> {
            String first = PortalLinks.issue(handle, ticket, now);
            String second = PortalLinks.issue(handle, ticket, now);
            assertThat(first).hasSize(43).isNotEqualTo(second);
            assertThat(PortalLinks.caseOf(handle, first, now)).isEqualTo(ticket);
            assertThat(PortalLinks.caseOf(handle, second, now)).isEqualTo(ticket);
            assertThatThrownBy(() -> PortalLinks.caseOf(handle, first, now.plus(Duration.ofDays(90))))
                    .hasMessageContaining("not valid");
            assertThatThrownBy(() -> PortalLinks.caseOf(handle, "x" + first.substring(1), now))
                    .hasMessageContaining("not valid");
            assertThat(PortalLinks.revoke(handle, ticket, now)).isEqualTo(2);
            assertThatThrownBy(() -> PortalLinks.caseOf(handle, second, now))
                    .hasMessageContaining("not valid");
            assertThat(handle.createQuery(
                    "SELECT count(*) FROM service.portal_link l WHERE l::text LIKE '%' || :token || '%'")
                    .bind("token", first).mapTo(Integer.class).one()).isZero();
        });
    }

    @Test
    void aCaseHasABoundedNumberOfLinksAndTheOldestGo() {
        long ticket = ticket();
        api.database.useTransaction(handle -> {
            List<String> tokens = new ArrayList<>();
            for (int i = 0; i < PortalLinks.LINKS_MAX + 1; i++) {
                tokens.add(PortalLinks.issue(handle, ticket, TestApi.START.plusSeconds(i)));
            }
            Instant now = TestApi.START.plusSeconds(60);
            assertThatThrownBy(() -> PortalLinks.caseOf(handle, tokens.getFirst(), now))
                    .hasMessageContaining("not valid");
            assertThat(PortalLinks.caseOf(handle, tokens.get(1), now)).isEqualTo(ticket);
        });
    }

    private long ticket() {
        return api.post("/tickets", "{\"device\":\"LP-1\",\"title\":\"Jams\",\"channel\":\"mail\"}").body()
                .get("id").asLong();
    }
}
