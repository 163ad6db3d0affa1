package io.aftercare.server.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import io.aftercare.server.process.StaffClient;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What does not go as hoped: the server is away, the session is over, there is nothing, there is a lot, and names are not what a column was made for.
@ConsoleTest
class ConsoleBadInputIT {
    private static final String RIGHT_TO_LEFT = "الطابعة لا تعمل";
    private static final int MANY = 10_000;
    private static final int ROWS_DRAWN_MAX = 400;

    @Test
    void aFailureKeepsWhatWasTypedAndSaysWhatToQuote(@As("agent") Desk desk) throws Exception {
        desk.open("tickets/" + desk.world().ticket(desk.world().device("LP-1000").id, "Too loud"));
        desk.type("ac-composer textarea", "Called the customer");
        desk.refused("**/comments", 503);
        desk.click("ac-composer button.primary");
        desk.reads("c0ffee");
        assertThat(desk.at("ac-composer textarea")).hasValue("Called the customer");
        assertThat(desk.axe()).isEmpty();
        desk.mended();
        desk.click("ac-composer button.primary");
        assertThat(desk.at(".timeline")).containsText("Called the customer");
    }

    @Test
    void aServerThatIsAwayIsToldAndComesBack(@As("agent") Desk desk) throws Exception {
        String title = desk.world().fresh("Still here");
        desk.world().ticket(desk.world().device("LP-1000").id, title);
        desk.open("queue");
        desk.reads(title);
        BrowserContext browser = desk.page().context();
        desk.complaints().expect("ERR_INTERNET_DISCONNECTED|A page did not load");
        browser.setOffline(true);
        desk.value("void (location.hash = '#/devices')");
        desk.reads("The server cannot be reached");
        browser.setOffline(false);
        desk.button("Try again").first().click();
        desk.sees("ac-devices tbody tr");
        desk.value("void (location.hash = '#/queue')");
        desk.reads(title);
    }

    @Test
    void aSessionThatEndsWhileSomebodyTypesIsTakenUpInPlace(@As("agent") Desk desk) throws Exception {
        desk.complaints().expect("status of 401");
        desk.open("tickets/" + desk.world().ticket(desk.world().device("LP-1000").id, "Too loud"));
        desk.type("ac-composer textarea", "A long story");
        desk.page().context().clearCookies();
        desk.click("ac-composer button.primary");
        desk.sees("dialog.again");
        assertThat(desk.axe()).isEmpty();
        desk.picture("session-over");
        desk.type("dialog.again input[name=password]", desk.world().password("agent"));
        desk.click("dialog.again button.primary");
        assertThat(desk.at("dialog.again")).hasCount(0);
        assertThat(desk.at("ac-composer textarea")).hasValue("A long story");
        desk.click("ac-composer button.primary");
        assertThat(desk.at(".timeline")).containsText("A long story");
    }

    @Test
    void namesMayBeLongOrRunFromRightToLeftOrBePictures(@As("agent") Desk desk) throws Exception {
        ConsoleWorld world = desk.world();
        String device = world.device("LP-1000").id;
        String tail = world.fresh("end");
        for (String title : List.of("Donaudampfschifffahrtselektrizität".repeat(5) + tail,
                RIGHT_TO_LEFT + " " + tail,
                "🖨️🔥👩‍🔧 打印机过热 " + tail)) {
            String ticket = world.ticket(device, title);
            desk.open("tickets/" + ticket);
            assertThat(desk.at("h1")).containsText(tail);
            for (int width : List.of(1280, 390)) {
                desk.size(width, 900);
                assertThat(desk.becomes("document.querySelector('.main').scrollWidth <= "
                        + "document.querySelector('.main').clientWidth")).as("%s at %d", title, width)
                        .isTrue();
            }
            desk.size(1280, 1000);
        }
        desk.open("queue?q=" + tail);
        assertThat(desk.row(tail)).hasCount(3);
        assertThat(desk.value("document.querySelector('.main').scrollWidth"
                + " - document.querySelector('.main').clientWidth").asInt()).isZero();
        assertThat(desk.axe()).isEmpty();
        desk.picture("queue-names");
    }

    @Test
    void aDeviceThatGoesOffIsShownSo(@As("engineer") Desk desk) throws Exception {
        try (TestDevice device = desk.world().device("LP-1000").on()) {
            device.measure("fuser_temp", 190);
            desk.open("device/" + device.id);
            assertThat(desk.at("ac-device .headline")).containsText("Online");
            device.off();
            assertThat(desk.at("ac-device .headline")).containsText("Offline");
            desk.picture("device-offline");
        }
    }

    @Test
    void emptyPagesSayWhyAndWhatNextAndTenThousandDevicesScroll(ConsoleWorld shared) throws Exception {
        try (ConsoleWorld world = shared.another();
                Desk desk = Desk.vacant(world).signIn("admin")) {
            for (String page : new Tour(desk).listed()) {
                desk.open(page);
                desk.settled();
                assertThat(desk.at(".main .fail")).hasCount(0);
                desk.picture("empty-" + page);
            }
            for (String list : List.of("queue", "devices", "incidents", "campaigns", "releases")) {
                desk.open(list);
                assertThat(desk.at(".hint strong").first()).isVisible();
                assertThat(desk.at(".hint p").first()).isVisible();
            }
            crowd(world.admin());
            desk.open("devices");
            for (int seen = 0; seen < MANY / 10; seen += 100) {
                String before = "document.querySelector('.main').scrollHeight > "
                        + desk.value("document.querySelector('.main').scrollHeight").asInt();
                desk.value("void document.querySelector('.main').scrollTo(0, 1e9)");
                desk.page().waitForFunction("() => " + before);
            }
            assertThat(desk.value("document.querySelectorAll('ac-devices tbody tr').length").asInt())
                    .isLessThan(ROWS_DRAWN_MAX);
            assertThat(desk.complaints().all()).isEmpty();
        }
    }

    private static void crowd(StaffClient admin) throws Exception {
        admin.post("/api/v1/products",
                Map.of("model", "LP-9", "name", "Printer", "metrics", List.of(), "actions",
                        List.of()))
                .expect(201);
        StringBuilder csv = new StringBuilder("id,model\n");
        for (int i = 0; i < MANY; i++) {
            csv.append("LP9-").append(i).append(",LP-9\n");
        }
        assertThat(admin
                .send("POST", "/api/v1/devices/import", HttpRequest.BodyPublishers.ofString(csv.toString()),
                        Map.of("Content-Type", "text/csv"))
                .expect(200).path("created").asInt()).isEqualTo(MANY);
    }
}
