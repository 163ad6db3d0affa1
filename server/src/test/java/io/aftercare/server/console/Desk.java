package io.aftercare.server.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.TimeoutError;
import com.microsoft.playwright.Tracing;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import com.microsoft.playwright.options.RequestOptions;
import io.aftercare.fleet.http.Json;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Somebody at the console: a window of their own, signed in, 1280 × 1000 pixels, in English, with little motion. For most of what
/// a person does there is [#page], Playwright's own; here is what the console's tests have in common. It belongs to the thread of
/// the test.
final class Desk implements AutoCloseable {
    static final Path PICTURES = Path.of("target", "screenshots");
    private static final double MOMENT_MILLIS = 1_500;
    private static final String SPOKEN = "aftercare.language";

    private final ConsoleWorld world;
    private final BrowserContext context;
    private final Page page;
    private final Complaints complaints;
    private final Set<Request> asked = new HashSet<>();

    private Desk(ConsoleWorld world, BrowserContext context) {
        this.world = world;
        this.context = context;
        this.complaints = new Complaints(context);
        this.page = context.newPage();
        page.setDefaultTimeout(Chromium.WAIT_MILLIS_MAX);
        page.onRequest(request -> {
            if (!request.url().contains("/api/v1/events")) {
                asked.add(request);
            }
        });
        page.onRequestFinished(asked::remove);
        page.onRequestFailed(asked::remove);
    }

    /// A window in which nobody has signed in.
    static Desk vacant(ConsoleWorld world) {
        BrowserContext context = world.browser().newContext(
                new Browser.NewContextOptions().setViewportSize(1280, 1000).setLocale("en-GB")
                        .setTimezoneId("Asia/Shanghai").setReducedMotion(ReducedMotion.REDUCE));
        context.tracing().start(new Tracing.StartOptions().setScreenshots(true));
        return new Desk(world, context);
    }

    /// Opens a session as the sign-in form does.
    Desk signIn(String role) {
        APIResponse answer = context.request().post(world.http() + "/api/v1/session",
                RequestOptions.create().setHeader("X-Requested-With", "console")
                        .setData(Map.of("username", ConsoleWorld.name(role), "password",
                                world.password(role))));
        if (!answer.ok()) {
            throw new AssertionError("Not let in as " + role + ": " + answer.text());
        }
        return this;
    }

    ConsoleWorld world() {
        return world;
    }

    Page page() {
        return page;
    }

    /// Opens a page of the console, such as `tickets/12`, or anything else of the backend by a path from `/`.
    void open(String route) {
        page.navigate(world.http() + (route.startsWith("/") ? route : "/#/" + route));
    }

    Locator at(String selector) {
        return page.locator(selector);
    }

    /// The button with this name.
    Locator button(String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
    }

    /// The row of a table that has this text.
    Locator row(String text) {
        return at("tbody tr").filter(new Locator.FilterOptions().setHasText(text));
    }

    void click(String selector) {
        at(selector).first().click();
    }

    /// Empties a field and types anew.
    void type(String selector, String text) {
        at(selector).fill(text);
    }

    /// Presses a key where the focus is, such as `j`, `Enter`, `Control+k`.
    void press(String key) {
        page.keyboard().press(key);
    }

    /// Waits until these words can be read, somewhere.
    void reads(String words) {
        assertThat(page.getByText(words).filter(new Locator.FilterOptions().setVisible(true)).first())
                .isVisible();
    }

    /// Waits until there is something to see that this selector finds.
    void sees(String selector) {
        at(selector).first().waitFor();
    }

    /// Waits until nothing is asked of the server any more, and what it answered is drawn.
    void settled() {
        do {
            frames(); // a page that was just opened has not asked yet
            page.waitForCondition(() -> asked.isEmpty() && at(".skeleton").count() == 0
                    && at("aftercare-app > *, body > main").count() > 0);
            frames();
        } while (!asked.isEmpty());
    }

    private void frames() {
        value("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(1))))");
    }

    /// Whether an expression of JavaScript becomes true within a moment.
    boolean becomes(String expression) {
        try {
            page.waitForFunction("() => (" + expression + ")", null,
                    new Page.WaitForFunctionOptions().setTimeout(MOMENT_MILLIS));
            return true;
        } catch (TimeoutError _) {
            return false; // which is the answer
        }
    }

    /// What an expression of JavaScript is worth on the page.
    JsonNode value(String expression) {
        return Json.tree(page.evaluate("() => (" + expression + ")"));
    }

    /// Everything that can be read on the page.
    String text() {
        return at("body").innerText();
    }

    /// The language of the console, `en` or `zh`, as the switch in its frame changes it; the page is loaded anew.
    void speak(String language) {
        value("localStorage.setItem('" + SPOKEN + "', '" + language + "')");
        page.reload();
    }

    void dark(boolean dark) {
        page.emulateMedia(new Page.EmulateMediaOptions()
                .setColorScheme(dark ? ColorScheme.DARK : ColorScheme.LIGHT));
    }

    void size(int width, int height) {
        page.setViewportSize(width, height);
    }

    /// As narrow as a phone.
    void phone() {
        size(390, 844);
    }

    /// From now on the server refuses what goes to these addresses (`**/comments`), with this status and the id `c0ffee` to quote.
    void refused(String addresses, int status) {
        complaints.expect("status of " + status);
        page.route(addresses, route -> route.fulfill(new Route.FulfillOptions()
                .setStatus(status).setContentType("application/problem+json")
                .setBody(Json.text(Map.of("status", status, "title", "Refused", "detail",
                        "Something broke here", "correlationId", "c0ffee")))));
    }

    /// From now on the network loses what goes to these addresses.
    void lost(String addresses) {
        complaints.expect("ERR_FAILED");
        page.route(addresses, Route::abort);
    }

    /// Ends [#refused] and [#lost].
    void mended() {
        page.unrouteAll();
    }

    /// What the browser said so far is in.
    Complaints complaints() {
        page.title(); // an answer comes after all that was said before it
        return complaints;
    }

    /// What axe-core finds against WCAG 2.2 AA on the page as it is shown, a line each.
    List<String> axe() {
        return Axe.faults(page);
    }

    /// Keeps what the window shows as `target/screenshots/{name}.png`.
    void picture(String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve(name + ".png")));
    }

    /// Keeps what a failed test left: the window, and Playwright's trace of how it came to that.
    void keep(String name) {
        picture("failed/" + name);
        context.tracing()
                .stop(new Tracing.StopOptions().setPath(PICTURES.resolve("failed/" + name + ".zip")));
    }

    @Override
    public void close() {
        context.close();
    }
}
