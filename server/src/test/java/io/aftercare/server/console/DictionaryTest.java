package io.aftercare.server.console;

import io.aftercare.fleet.files.ClassPathFiles;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class DictionaryTest {
    private static final Pattern ENTRY = Pattern.compile("^ {2}'([^']+)': '((?:[^'\\\\]|\\\\.)*)',$",
            Pattern.MULTILINE);
    private static final Pattern USED = Pattern.compile("\\bt\\('([a-zA-Z.]+)'|label: '(key\\.[a-z]+)'");
    private static final Pattern HOLE = Pattern.compile("\\{\\w+}");

    private final SortedMap<String, byte[]> files = ClassPathFiles.below("console");
    private final Map<String, String> english = words("en");
    private final Map<String, String> chinese = words("zh");

    @Test
    void bothLanguagesSayTheSameThings() {
        assertThat(english).hasSizeGreaterThan(300);
        assertThat(chinese.keySet()).isEqualTo(english.keySet());
    }

    @Test
    void bothLanguagesLeaveTheSameHoles() {
        english.forEach((key, words) -> assertThat(holes(chinese.getOrDefault(key, ""))).as(key)
                .isEqualTo(holes(words)));
    }

    @Test
    void everyWordThatAPageUsesIsInTheDictionary() {
        Set<String> missing = new TreeSet<>();
        files.keySet().stream().filter(name -> name.endsWith(".js")).forEach(name -> {
            Matcher matcher = USED.matcher(read(name));
            while (matcher.find()) {
                String key = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
                if (!english.containsKey(key)) {
                    missing.add(name + ": " + key);
                }
            }
        });
        assertThat(missing).isEmpty();
    }

    private static Set<String> holes(String words) {
        Set<String> found = new TreeSet<>();
        HOLE.matcher(words).results().forEach(hole -> found.add(hole.group()));
        return found;
    }

    private Map<String, String> words(String language) {
        Map<String, String> found = new TreeMap<>();
        for (String name : Set.of("app/i18n/" + language + ".js", "app/i18n/terms-" + language + ".js")) {
            ENTRY.matcher(read(name)).results()
                    .forEach(entry -> found.put(entry.group(1), entry.group(2)));
        }
        return found;
    }

    private String read(String name) {
        byte[] bytes = files.get(name);
        assertThat(bytes).as(name).isNotNull();
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
