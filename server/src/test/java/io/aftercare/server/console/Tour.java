package io.aftercare.server.console;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/// Walks through every page that the console's own table of rooms has, and says what is wrong with each.
final class Tour {
    private static final List<String> LANGUAGES = List.of("en", "zh");
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

    /// What is wrong with a page in both languages, both themes, at 1280 and 1920 pixels and as narrow as a phone; a line each.
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
        for (String language : LANGUAGES) {
            desk.value(MODULE.formatted("core/i18n.js") + ".then(words => words.setLanguage('" + language
                    + "'))");
            for (boolean dark : List.of(false, true)) {
                look(stop, language, dark, faults);
            }
            desk.value(RAW).forEach(words -> faults.add(language + ": no words for " + words.asText()));
            if (language.equals("zh") && stop.listed
                    && !desk.at("h1").first().innerText().matches("(?s).*\\p{IsHan}.*")) {
                faults.add("zh: its heading is “" + desk.at("h1").first().innerText() + "”");
            }
        }
        desk.dark(false);
        desk.value(MODULE.formatted("core/i18n.js") + ".then(words => words.setLanguage('en'))");
        desk.complaints().taken().forEach(faults::add);
        return faults;
    }

    // What the theme changes is colours alone: how the page fits is looked at once a language, what axe-core says once a theme.
    private void look(Stop stop, String language, boolean dark, List<String> faults) {
        String picture = stop.name + "-" + language + (dark ? "-dark" : "");
        desk.dark(dark);
        for (int width : dark ? List.of(1280) : List.of(390, 1920, 1280)) {
            desk.size(width, width == 1920 ? 1080 : 800);
            desk.settled();
            if (!desk.becomes(SIDEWAYS + " <= 0")) { // a chart follows its window a little later
                faults.add(language + ": at " + width + " pixels it scrolls sideways, because of "
                        + desk.value(WIDE).asText());
            }
            if (width >= 1280) {
                desk.picture(picture + "-" + width);
            }
        }
        if (language.equals("en")) {
            desk.axe().forEach(fault -> faults.add((dark ? "dark: " : "light: ") + fault));
        }
    }
}
