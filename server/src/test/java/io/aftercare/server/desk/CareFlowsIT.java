package io.aftercare.server.desk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Returns, complaints and emergencies, from the first word to the last, on one backend.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CareFlowsIT {
    private Desk desk;

    @BeforeAll
    void open(@TempDir Path folder) throws IOException, InterruptedException {
        desk = Desk.open(folder);
    }

    @AfterAll
    void close() throws IOException {
        desk.close();
    }

    @Test
    @Tag("R9")
    @Tag("R24")
    void aReturnForADefectIsPaidByUsAndCompensated() throws IOException, InterruptedException {
        ReturnStory story = new ReturnStory(desk, "LP-Q", 3);
        story.customerCalls("Dead on arrival");
        JsonNode asked = story.asksForTheMoney(Map.of("reason", "It does not start", "quality", true));
        assertThat(asked.path("payer").asText()).isEqualTo("company");
        assertThat(asked.at("/payerReason/zh").asText()).contains("质量问题");
        story.isApproved(200.01, 50.00);
        story.comesIn(18.50, "company");
        story.theInspectionHasThreeWorkingDaysAndTheSolutionWaits();
        assertThat(story.isInspected("quality", "The board is dead").path("payer").asText())
                .isEqualTo("company");
        story.isPaidBack(1999.00);
        story.theCaseCloses("A board that failed early");
        assertThat(story.spent("logistics", 3)).isEqualTo(18.50);
        assertThat(story.spent("compensation", 3)).isEqualTo(2049.00);
    }

    @Test
    @Tag("R9")
    @Tag("R24")
    void aReturnWithoutADefectIsPaidByTheCustomer() throws IOException, InterruptedException {
        ReturnStory story = new ReturnStory(desk, "LP-N", 6);
        story.customerCalls("Too big for the shelf");
        JsonNode asked = story
                .asksForTheMoney(Map.of("reason", "Too big", "unused", true, "packIntact", true));
        assertThat(asked.path("payer").asText()).isEqualTo("customer");
        assertThat(asked.at("/payerReason/code").asText()).isEqualTo("within-time");
        story.isApproved(0.01, 0);
        story.comesIn(18.50, "customer");
        story.theInspectionHasThreeWorkingDaysAndTheSolutionWaits();
        story.isInspected("non-quality", "Sealed, nothing wrong");
        story.isPaidBack(1999.00);
        story.theCaseCloses("The customer changed their mind");
        assertThat(story.spent("logistics", 1)).isZero();
    }

    @Test
    @Tag("R9")
    void aReturnWithoutADefectIsRefusedWhereItIsLateUsedOrUnpacked()
            throws IOException, InterruptedException {
        ReturnStory late = new ReturnStory(desk, "LP-L", 9);
        late.customerCalls("Too big, found later");
        late.asksForTheMoney(Map.of("reason", "Too big", "unused", true, "packIntact", true));
        late.isRefused("within 7 days after the purchase");
        ReturnStory used = new ReturnStory(desk, "LP-U", 2);
        used.customerCalls("Too loud");
        used.asksForTheMoney(Map.of("reason", "Too loud", "unused", false, "packIntact", true));
        used.isRefused("unused only");
        used.asksForTheMoney(Map.of("reason", "Too loud", "unused", true, "packIntact", false));
        used.isRefused("whole packing only");
    }

    @Test
    @Tag("R52")
    @Tag("R53")
    @Tag("R54")
    @Tag("R55")
    void aMajorComplaintIsFollowedUntilItsCauseIsGone() throws IOException, InterruptedException {
        desk.device("LP-C1", LocalDate.now(ZoneOffset.UTC).minusDays(40));
        desk.device("LP-C2", LocalDate.now(ZoneOffset.UTC).minusDays(40));
        ComplaintStory first = new ComplaintStory(desk);
        first.customerCalls("LP-C1", "major", "It jams every day");
        first.theManagerKnows();
        first.isVerifiedClassedAndAssigned();
        first.isInvestigatedWithNews();
        assertThat(first.hasItsRootCause().path("recurrenceOf").isNull()).isTrue();
        first.isAnsweredInWriting();
        first.theCustomerIsAskedUntilContent();
        first.hasACorrectiveActionThatWorked();
        first.isClosedAndThenItsCase();
        first.itsHistoryTellsAllOfIt();

        ComplaintStory second = new ComplaintStory(desk);
        second.customerCalls("LP-C2", "minor", "Jams again");
        second.isVerifiedClassedAndAssigned();
        second.isKnownToComeAgainAfter(first, second.hasItsRootCause());
    }

    @Test
    @Tag("R79")
    @Tag("R80")
    @Tag("R81")
    @Tag("R82")
    void aDrillAndThenTheEmergencyThatItWasFor() throws IOException, InterruptedException {
        desk.device("LP-F1", LocalDate.now(ZoneOffset.UTC).minusDays(40));
        desk.device("LP-F2", LocalDate.now(ZoneOffset.UTC).minusDays(40));
        EmergencyStory real = new EmergencyStory(desk, desk.person("max", "engineer"));
        real.everyLevelHasItsResources();

        DrillStory drill = new DrillStory(desk);
        drill.isPlanned(List.of("LP-F1", "LP-F2"));
        drill.isRunOnSimulatedFaults(2);
        drill.isEvaluated();
        drill.itsFindingsAreDone();
        drill.theYearIsEvaluated();

        real.isWarnedOf("Printers burn in the east", "LP-F1");
        real.isRespondedToOnceSomebodyLeadsIt();
        real.isHandledWithALog();
        real.isReviewed();
        real.isClosedWhenItsActionsAreDone();
        real.itsLogTellsAllOfIt();
    }
}
