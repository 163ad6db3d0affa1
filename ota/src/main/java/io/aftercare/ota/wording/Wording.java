package io.aftercare.ota.wording;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Why something is as it is, and what the backend calls the campaigns that it makes. Each is written by its template ([#of]) and known again by the same one ([#read]), so that what is
/// stored is a plain text, also of devices and people, and whoever shows it still has a code and the facts.
public enum Wording {
    FIX("Fix {codes} with {version}"),
    RETURN("Return from {firmware} to {version}"),
    PAUSED("paused by {by}"),
    ABORTED("aborted by {by}"),
    CANCELLED("cancelled by {by}"),
    SUPERSEDED("superseded by {campaign}"),
    DECIDED_AGAINST("campaign {campaign} of the same release was aborted"),
    WITHDRAWN("release {release} was withdrawn: {why}"),
    EXPIRED("the release expired at {at}; abort, and publish it anew"),
    TOO_MANY_FAILED("stage {stage}: {failed} of {finished} failed, the gate allows less than {percent} %"),
    TOO_FEW_SUCCEEDED(
            "stage {stage} ended with {success} of {counted} successful, the gate asks for {percent} %"),
    AWAITS_PERSON("stage {stage} has passed; stage {next} waits for a person to open it"),
    UNHEALTHY("health gate, stage {stage}: {findings}"),
    SUSPECTED("incident {incident}: {text}"),
    RETURNS("{campaign} returns its devices to {version}"),
    WOULD_RETURN("{campaign} would return its devices to {version}"),
    CANNOT_RETURN(
            "its devices cannot return, because the manifest of {version} allows no valid release before it (\"revertTo\")"),
    GOES_ON("{campaign} goes on"),
    DEVICE_RETURNED("the device returned to version {version}"),
    DEVICE_DELETED("the device was deleted"),
    RUNS_ALREADY("runs {version} already"),
    RUNS_NEWER("runs {firmware}, which is newer than {version}"),
    NEEDS_FIRST("runs {firmware}; this release needs {version} first"),
    RUNS_NOT_NEWER("runs {firmware}, which is not newer than {version}"),
    MAY_NOT_RETURN("runs {firmware}, whose signed manifest allows no return to {version}"),
    OTHER_HARDWARE("hardware {hardware} is not one of {allowed}"),
    NOT_SAID("the device did not say why"),
    WENT_BACK("went back to its earlier version"),
    WRONG_VERSION("wrong-version: said confirmed, but still reports version {version}"),
    SILENT("silent: no word while {state} since {since}");

    /// Between two things that are said of one.
    private static final String BETWEEN = "; ";

    private static final Map<Wording, Template> TEMPLATES = Stream.of(values())
            .collect(Collectors.toUnmodifiableMap(wording -> wording,
                    wording -> Template.of(wording.template)));

    private final String template;

    /// @param names   of the facts, in their order
    /// @param pattern by which a text of it is known
    private record Template(String text, List<String> names, Pattern pattern) {
        private static final Pattern GAP = Pattern.compile("\\{(\\w+)}");

        static Template of(String text) {
            List<String> names = new ArrayList<>();
            StringBuilder regex = new StringBuilder();
            Matcher gap = GAP.matcher(text);
            int from = 0;
            while (gap.find()) {
                names.add(gap.group(1));
                regex.append(Pattern.quote(text.substring(from, gap.start())))
                        .append(gap.group(1).equals("campaign") ? "(C\\d+)" : "(.+?)");
                from = gap.end();
            }
            regex.append(Pattern.quote(text.substring(from)));
            return new Template(text, List.copyOf(names),
                    Pattern.compile(regex.toString(), Pattern.DOTALL));
        }

        String filled(List<Object> facts) {
            Iterator<Object> next = facts.iterator();
            return GAP.matcher(text).replaceAll(_ -> Matcher.quoteReplacement(next.next().toString()));
        }

        Optional<Map<String, String>> facts(String said) {
            Matcher matcher = pattern.matcher(said);
            if (!matcher.matches()) {
                return Optional.empty();
            }
            Map<String, String> facts = new HashMap<>();
            for (int i = 0; i < names.size(); i++) {
                facts.put(names.get(i), matcher.group(i + 1));
            }
            return Optional.of(facts);
        }
    }

    Wording(String template) {
        this.template = template;
    }

    private Template template() {
        return Objects.requireNonNull(TEMPLATES.get(this));
    }

    /// The stable name outside, such as `too-many-failed`.
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// @param facts in the order in which the template names them
    public String of(Object... facts) {
        Template known = template();
        if (facts.length != known.names().size()) {
            throw new IllegalArgumentException(
                    code() + " says " + known.names() + ", not " + facts.length + " facts");
        }
        return known.filled(List.of(facts));
    }

    /// What a text says, part by part; none where it is empty.
    public static List<Told> read(String text) {
        if (text.isEmpty()) {
            return List.of();
        }
        // the last first: what was found may itself be several things
        for (int at = text.indexOf(BETWEEN); at > 0; at = text.indexOf(BETWEEN, at + 1)) {
            Optional<Told> last = known(text.substring(at + BETWEEN.length()));
            if (last.isPresent()) {
                String before = text.substring(0, at);
                return List.of(known(before).orElseGet(() -> Told.asIs(before)), last.get());
            }
        }
        return List.of(known(text).orElseGet(() -> Told.asIs(text)));
    }

    private static Optional<Told> known(String text) {
        for (Wording wording : values()) {
            Optional<Map<String, String>> facts = wording.template().facts(text);
            if (facts.isPresent()) {
                return Optional.of(new Told(wording.code(), facts.get(), text));
            }
        }
        return Optional.empty();
    }
}
