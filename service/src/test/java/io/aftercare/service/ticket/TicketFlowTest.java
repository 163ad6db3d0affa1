package io.aftercare.service.ticket;

import static io.aftercare.service.ticket.Samples.ANN;
import static io.aftercare.service.ticket.Samples.BOB;
import static io.aftercare.service.ticket.Samples.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.aftercare.fleet.http.Json;
import io.aftercare.service.ticket.TicketEvent.Cleared;
import io.aftercare.service.ticket.TicketEvent.Comment;
import io.aftercare.service.ticket.TicketEvent.Edit;
import io.aftercare.service.ticket.TicketEvent.FixScheduled;
import io.aftercare.service.ticket.TicketEvent.Ownership;
import io.aftercare.service.ticket.TicketEvent.RaisedAgain;
import io.aftercare.service.ticket.TicketEvent.Transition;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TicketFlowTest {
    private static final FixScheduled SCHEDULED = new FixScheduled(
            new FixMessage("R9", "2.4.1", "C3", 1, 2, 1));

    private static Instant minute(int minutes) {
        return T0.plus(Duration.ofMinutes(minutes));
    }

    private static Transition to(TicketState state, @Nullable String reason, @Nullable String cause,
            @Nullable String verification) {
        return new Transition(state, reason, cause, verification);
    }

    private static Outcome.Done done(Ticket ticket, TicketEvent event, Actor actor, Instant now) {
        return (Outcome.Done) TicketFlow.next(ticket, event, actor, now);
    }

    private static Ticket after(Ticket ticket, TicketEvent event, Instant now) {
        return done(ticket, event, Actor.SYSTEM, now).ticket();
    }

    private static String refused(Ticket ticket, TicketEvent event) {
        return ((Outcome.Refused) TicketFlow.next(ticket, event, ANN, minute(1))).why();
    }

    private static Ticket resolved() {
        return done(Samples.ofFault(), to(TicketState.RESOLVED, null, "worn", null), ANN, minute(5)).ticket();
    }

    @Test
    void resolvedNeedsARootCause() {
        assertThat(refused(Samples.ofPerson(), to(TicketState.RESOLVED, "works", null, null)))
                .contains("rootCause");
        assertThat(refused(Samples.ofPerson(), to(TicketState.RESOLVED, "works", "  ", null)))
                .contains("rootCause");
        assertThat(resolved().progress().rootCause()).isEqualTo("worn");
    }

    @Test
    void r41ClosedNeedsVerification() {
        assertThat(refused(resolved(), to(TicketState.CLOSED, "done", null, null))).contains("verification");
        Ticket verified = done(resolved(), to(TicketState.VERIFIED, "test page is fine", null, null), ANN,
                minute(6)).ticket();
        assertThat(verified.progress().verification()).isEqualTo("test page is fine");
        assertThat(done(verified, to(TicketState.CLOSED, null, null, null), ANN, minute(7)).ticket().state())
                .isEqualTo(TicketState.CLOSED);
        assertThat(refused(resolved(), to(TicketState.VERIFIED, null, null, null))).contains("verification");
    }

    @Test
    void cancellingAndReopeningNeedAReason() {
        assertThat(refused(Samples.ofPerson(), to(TicketState.CANCELLED, null, null, null)))
                .contains("reason");
        assertThat(refused(resolved(), to(TicketState.REOPENED, null, null, null))).contains("reason");
        Ticket reopened = done(resolved(), to(TicketState.REOPENED, "jams again", null, null), ANN, minute(6))
                .ticket();
        assertThat(reopened.progress().rootCause()).isNull();
        assertThat(reopened.progress().resolvedAt()).isNull();
    }

    @Test
    void aWayThatIsNotInTheTableIsRefusedWithTheWaysThatAre() {
        assertThat(refused(Samples.ofPerson(), to(TicketState.CLOSED, "x", "x", "x")))
                .contains("T-000008 is new").contains("in-progress");
    }

    @Test
    void r16TheFirstPersonOwnsTheCaseAndTheNextDoesNotTakeIt() {
        Ticket owned = done(Samples.ofPerson(), new Comment("hello", false), ANN, minute(1)).ticket();
        assertThat(owned.progress().owner()).isEqualTo("ann");
        assertThat(done(owned, new Comment("me too", false), BOB, minute(2)).ticket().progress().owner())
                .isEqualTo("ann");
        assertThat(after(Samples.ofFault(), SCHEDULED, minute(1)).progress().owner()).isNull();
    }

    @Test
    void anEditNotesWhatChangedAndNothingElse() {
        Outcome.Done same = done(Samples.ofPerson(), new Edit("Fuser overheating", Priority.P3, null), ANN,
                minute(1));
        assertThat(same.notes()).isEmpty();
        assertThat(same.ticket()).isEqualTo(Samples.ofPerson());
        Outcome.Done changed = done(Samples.ofPerson(), new Edit("Hot", Priority.P2, new Ownership("bob")),
                ANN,
                minute(1));
        assertThat(changed.notes()).extracting(Note::kind).containsExactly("edit", "edit", "assignment");
        assertThat(changed.ticket().progress().owner()).isEqualTo("bob");
    }

    @Test
    void aFaultThatComesBackReopensASolvedCaseButLateNewsDoesNot() {
        assertThat(after(resolved(), raised(minute(6)), minute(6)).state()).isEqualTo(TicketState.REOPENED);
        Outcome.Done late = done(resolved(), raised(minute(4)), Actor.SYSTEM, minute(6));
        assertThat(late.ticket()).isEqualTo(resolved());
        assertThat(late.notes()).extracting(Note::kind).containsExactly("fault");
    }

    @Test
    void aCancelledCaseStaysCancelled() {
        Ticket cancelled = done(Samples.ofFault(), to(TicketState.CANCELLED, "a test", null, null), ANN,
                minute(1))
                .ticket();
        assertThat(after(cancelled, raised(minute(9)), minute(9))).isEqualTo(cancelled);
    }

    @Test
    void aFaultThatClearsByItselfLeavesTheCaseToPeople() {
        Outcome.Done cleared = done(Samples.ofFault(), new Cleared("F1", "FUSER_OVERHEAT", minute(3)),
                Actor.SYSTEM, minute(3));
        assertThat(cleared.ticket().state()).isEqualTo(TicketState.NEW);
        assertThat(cleared.notes().getFirst().text()).contains("stays open");
        assertThat(cleared.responded()).isFalse();
    }

    private static RaisedAgain raised(Instant at) {
        return new RaisedAgain("F1", "FUSER_OVERHEAT", at, Json.object().put("fuser_temp", 220));
    }
}
