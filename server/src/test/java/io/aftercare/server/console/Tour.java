package io.aftercare.server.console;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/// Walks through every page that the console's own table of rooms has, and says what is wrong with each.
final class Tour {
    // What the theme changes is colours alone: what axe-core says is asked once a theme.
    private static final List<Look> SWEEP = System.getProperty("console.sweep", "").equals("full")
            ? List.of(new Look("en", false, true, 390, 1920, 1280), new Look("en", true, true, 1280),
                    new Look("zh", false, false, 390, 1920, 1280), new Look("zh", true, false, 1280))
            : List.of(new Look("en", false, true, 390, 1280), new Look("zh", true, true, 390, 1920));
    // The modules that the page itself has loaded, asked from within it.
    private static final String MODULE = "import(document.querySelector('script[type=module]').src.replace('app.js', '%s'))";
    private static final String SIDEWAYS = """
            (() => [document.documentElement, document.querySelector('.main') ?? document.body]
                .reduce((most, one) => Math.max(most, one.scrollWidth - one.clientWidth), 0))()""";
    // The innermost element that reaches beyond the window and is not within something that scrolls by itself.
    private static final String WIDE = """
            [...document.querySelectorAll('.main *, body > main *')]
                .filter(one => one.getBoundingClientRect().right > innerWidth + 1 && one.clientWidth && !one.closest('.scroll-x'))
                .slice(-1).map(one => one.outerHTML.slice(0, 200))[0] ?? 'nothing to be found'""";
    // What t() answers for a key that no dictionary has: the key. Programs' own words stand in code, or in type of one width.
    private static final String RAW = """
            (() => {
              const found = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
              while (walk.nextNode()) {
                const words = walk.currentNode.textContent.trim();
                if (/^[a-z][a-zA-Z]*(\\.[a-zA-Z][a-zA-Z0-9-]*)+$/.test(words)
                    && !walk.currentNode.parentElement.closest('code, pre, .mono, textarea, script')) found.push(words);
              }
              return found;
            })()""";

    /// A page of the console.
    ///
    /// @param route where one of its kind is, such as `tickets/12`
    /// @param listed whether the navigation leads to it, so that its heading is ours and not data
    record Stop(String name, String route, boolean listed) {
        /// Whether nothing on the page before leads to it: it is a form, or there is none of its kind in the house.
        boolean unlinked() {
            return !listed && route.equals(name);
        }
    }

    /// One way to look at a page; a picture is kept at each width of a desk.
    private record Look(String language, boolean dark, boolean axe, List<Integer> widths) {
        Look(String language, boolean dark, boolean axe, Integer... widths) {
            this(language, dark, axe, List.of(widths));
        }
    }

    private final Desk desk;

    Tour(Desk desk) {
        this.desk = desk;
    }

    /// The pages that the navigation leads to.
    List<String> listed() {
        List<String> names = new ArrayList<>();
        for (JsonNode page : table()) {
            if (page.path("from").asText().isEmpty()) {
                names.add(page.path("name").asText());
            }
        }
        return names;
    }

    /// Every page of the table. One that is reached from another is looked up there, by the first link that leads to it.
    List<Stop> stops() {
        List<Stop> stops = new ArrayList<>();
        for (JsonNode page : table()) {
            String name = page.path("name").asText();
            String from = page.path("from").asText();
            stops.add(
                    from.isEmpty() ? new Stop(name, name, true) : new Stop(name, linked(from, name), false));
        }
        return stops;
    }

    private JsonNode table() {
        desk.open("queue");
        desk.settled();
        return desk.value(MODULE.formatted("rooms/rooms.js")
                + ".then(all => all.ROOMS.flatMap(room => Object.entries(room.pages)"
                + ".map(([name, page]) => ({name, from: page.in ?? ''}))))");
    }

    private String linked(String from, String name) {
        if (!desk.page().url().endsWith("#/" + from)) {
            desk.open(from);
            desk.settled();
        }
        JsonNode link = desk.value(
                "document.querySelector('.main a[href^=\"#/" + name + "/\"]')?.getAttribute('href') ?? ''");
        return link.asText().isEmpty() ? name : link.asText().substring("#/".length());
    }

    /// What is wrong with a page, a line each: in English by day at 1280 pixels and in Chinese by night at 1920, in both as narrow
    /// as a phone; with `-Dconsole.sweep=full` in both languages, both themes and all widths.
    List<String> faults(Stop stop) {
        List<String> faults = new ArrayList<>();
        desk.complaints().taken();
        desk.size(1280, 800);
        desk.open(stop.route);
        desk.settled();
        if (desk.at("aftercare-app .main .fail").count() > 0) {
            Assumptions.assumeFalse(stop.unlinked(), "there is none of its kind in the house");
            faults.add("shows a failure: " + desk.at("aftercare-app .main .fail").first().innerText());
        }
        SWEEP.forEach(look -> look(stop, look, faults));
        desk.dark(false);
        speak("en");
        desk.complaints().taken().forEach(faults::add);
        return faults;
    }

    private void look(Stop stop, Look look, List<String> faults) {
        speak(look.language);
        desk.dark(look.dark);
        for (int width : look.widths) {
            desk.size(width, width == 1920 ? 1080 : 800);
            desk.settled();
            if (!desk.becomes(SIDEWAYS + " <= 0")) { // a chart follows its window a little later
                faults.add(look.language + ": at " + width + " pixels it scrolls sideways, because of "
                        + desk.value(WIDE).asText());
            }
            if (width >= 1280) {
                desk.picture(stop.name + "-" + look.language + (look.dark ? "-dark-" : "-") + width);
            }
        }
        desk.value(RAW).forEach(words -> faults.add(look.language + ": no words for " + words.asText()));
        if (look.language.equals("zh") && stop.listed
                && !desk.at("h1").first().innerText().matches("(?s).*\\p{IsHan}.*")) {
            faults.add("zh: its heading is “" + desk.at("h1").first().innerText() + "”");
        }
        if (look.axe) {
            desk.axe().forEach(fault -> faults.add((look.dark ? "dark: " : "light: ") + fault));
        }
    }

    private void speak(String language) {
        desk.value(
                MODULE.formatted("core/i18n.js") + ".then(words => words.setLanguage('" + language + "'))");
    }
}
