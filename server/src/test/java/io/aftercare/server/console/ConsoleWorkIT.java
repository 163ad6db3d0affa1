package io.aftercare.server.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Mouse;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.FilePayload;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/// Somebody is sent to a device: by a coordinator at a desk, and by an engineer on a phone.
@ConsoleTest
class ConsoleWorkIT {
    private static final int ROWS_MAX = 200;
    private static final int THUMB_PX = 44;

    @Test
    void theBestCandidateIsSentRepairsOnAPhoneWithAPartAndTheStockHasMoved(@As("coordinator") Desk board,
            @As("engineer") Desk phone) throws Exception {
        Workshop shop = Workshop.open(board.world());
        String task = board.world().fresh("Replace the fuser");
        String ticket = shop.ticket("Fuser error E-50");
        String number = shop.visit(ticket, task).path("number").asText();
        shop.giveOut(ticket);
        phone.phone();
        reviewed(phone, number);

        board.open("dispatch-board");
        board.sees(".chore[data-id=" + number + "]");
        Locator current = board.at(".chore.current[data-id=" + number + "]");
        for (int i = 0; i < ROWS_MAX && current.count() == 0; i++) {
            board.press("j");
        }
        board.press("d");
        Locator best = board.at(".candidate").first();
        assertThat(best).containsText("engineer-test");
        assertThat(best).containsText("Best");
        assertThat(best).containsText("0.0 km away");
        assertThat(board.at(".candidate").nth(1)).containsText(shop.distant);
        assertThat(board.axe()).isEmpty();
        board.click("dialog footer button.primary");
        assertThat(board.at(".chip[data-id=" + number + "]")).containsText("Dispatched");
        assertThat(board.axe()).isEmpty();

        phone.open("visits");
        phone.click("a.visit[href='#/order/" + number + "']");
        tappable(phone);
        phone.click("[data-do=accept]");
        board.reads("engineer-test accepted " + number);
        arrived(phone, number);
        photographed(phone);
        repaired(phone, shop);
        tested(phone, number);

        board.open("part/" + shop.part);
        assertThat(board.row("Fitted")).containsText("engineer-test");
        assertThat(board.at("tr.sum")).containsText(Integer.toString(Workshop.STORED - 1));
        assertThat(board.axe()).isEmpty();
        board.open("order/" + number);
        assertThat(board.at("ac-order .headline .badge").first()).hasText("Done");
        assertThat(board.at("ac-order")).containsText("SN-77");
        assertThat(board.axe()).isEmpty();
        board.dark(true);
        assertThat(board.axe()).isEmpty();
    }

    private static void reviewed(Desk phone, String number) {
        phone.open("order/" + number);
        phone.type("ac-order-step [name=text]", "Plausible");
        phone.click("[data-do=approve]");
        phone.reads("Approved; it can be dispatched");
    }

    private static void arrived(Desk phone, String number) {
        phone.click("[data-do=confirm]");
        phone.click("dialog footer button.primary");
        phone.reads("Confirmed with the customer");
        for (int i = 0; i < 3; i++) {
            phone.at(".ticks input:not(:checked):enabled").first().check();
            assertThat(phone.at(".ticks input:checked:enabled")).hasCount(i + 1);
        }
        assertThat(phone.axe()).isEmpty();
        phone.picture("work-order-phone");
        phone.click("[data-do=depart]");
        phone.at("ac-order-step [name=id-shown]").check();
        phone.type("ac-order-step [name=fault-reconfirmed]", "It smells burnt");
        phone.refused("**/work-orders/*/arrival", 503);
        phone.click("[data-do=arrive]");
        phone.reads("c0ffee");
        phone.complaints().expect("status of 503.*/arrival");
        phone.mended();
        phone.page().reload();
        assertThat(phone.at("ac-order-step [name=fault-reconfirmed]")).hasValue("It smells burnt");
        assertThat(phone.at("ac-order-step [name=id-shown]")).isChecked();
        phone.click("[data-do=arrive]");
        phone.click("[data-do=begin]");
        phone.reads("Repair record");
        assertThat(phone.at(".crumb")).containsText(number);
    }

    private static void repaired(Desk phone, Workshop shop) {
        phone.type("ac-order-step [name=symptom]", "Fuser stays cold");
        phone.type("ac-order-step [name=process]", "Fuse of the heater blown; fuser replaced");
        assertThat(phone.at("fieldset.partrow")).containsText(shop.part);
        phone.type("fieldset.partrow [type=number]", "1");
        phone.type("fieldset.partrow [name^=serial]", "SN-77");
        phone.at("fieldset.partrow [type=checkbox]").check();
        phone.type("ac-order-step [name=minutes]", "40");
        phone.type("ac-order-step [name=travelMinutes]", "25");
        phone.type("ac-order-step [name=result]", "Prints again");
        assertThat(phone.axe()).isEmpty();
        tappable(phone);
        phone.lost("**/work-orders/*/repair");
        phone.click("[data-do=repair]");
        phone.reads("The server cannot be reached");
        phone.mended();
        assertThat(phone.at("ac-order-step [name=result]")).hasValue("Prints again");
        phone.click("[data-do=repair]");
        phone.reads("Repair record saved");
    }

    private static void photographed(Desk phone) throws IOException {
        byte[] picture = Files.readAllBytes(Desk.PICTURES.resolve("work-order-phone.png"));
        phone.at(".reach input[type=file]").setInputFiles(new FilePayload("label.png", "image/png", picture));
        assertThat(phone.at("img.thumb")).hasCount(1);
        assertThat(phone.at("ac-order")).containsText("label.png");
    }

    private static void tested(Desk phone, String number) {
        phone.type("ac-order-step [name=name0]", "Test page");
        phone.type("ac-order-step [name=value0]", "clean");
        phone.at("ac-order-step [name=passed0][value=yes]").check();
        assertThat(phone.axe()).isEmpty();
        tappable(phone);
        phone.click("[data-do=test]");
        signed(phone);
        tappable(phone);
        assertThat(phone.axe()).isEmpty();
        phone.click("[data-do=finish]");
        assertThat(phone.at("ac-order .headline .badge").first()).hasText("Done");
        assertThat(phone.at("ac-order")).containsText(number + " signature.png");
        assertThat(phone.at("img.thumb")).hasCount(2);
        phone.click("ac-order-step a[href='#/visits']");
        phone.reads("My visits");
    }

    private static void signed(Desk phone) {
        phone.at(".signature canvas").scrollIntoViewIfNeeded();
        BoundingBox pad = phone.at(".signature canvas").boundingBox();
        phone.page().mouse().move(pad.x + 30, pad.y + 100);
        phone.page().mouse().down();
        phone.page().mouse().move(pad.x + 160, pad.y + 60, new Mouse.MoveOptions().setSteps(8));
        phone.page().mouse().up();
        assertThat(phone.button("Clear")).isEnabled();
    }

    /// What is pressed for the next step is met by a thumb.
    private static void tappable(Desk phone) {
        phone.settled();
        assertThat(phone
                .value("[...document.querySelectorAll('.reach .button, .card.next :is(button, .button)')]"
                        + ".filter(one => one.getBoundingClientRect().height < " + THUMB_PX
                        + ").map(one => one.textContent)"))
                .isEmpty();
    }
}
