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

    private static final Pattern ROOM = Pattern.compile("app/rooms/(\\w+)/.*");
    private static final String FRAME = "";

    private final SortedMap<String, byte[]> files = ClassPathFiles.below("console");
    private final Map<String, Map<String, String>> english = words("en");
    private final Map<String, Map<String, String>> chinese = words("zh");

    @Test
    void bothLanguagesSayTheSameThings() {
        assertThat(english).hasSizeGreaterThan(5).allSatisfy((room, words) -> {
            assertThat(words).as(room).isNotEmpty();
            assertThat(chinese.getOrDefault(room, Map.of()).keySet()).as(room).isEqualTo(words.keySet());
        });
        assertThat(chinese.keySet()).isEqualTo(english.keySet());
    }

    @Test
    void bothLanguagesLeaveTheSameHoles() {
        english.forEach((room, all) -> all.forEach((key, words) -> assertThat(
                holes(chinese.getOrDefault(room, Map.of()).getOrDefault(key, ""))).as(key)
                .isEqualTo(holes(words))));
    }

    /// A room is opened with its own words and those of the frame; those of another room may not be there.
    @Test
    void everyWordThatAPageUsesIsInItsRoomsDictionaryOrTheFrames() {
        Set<String> missing = new TreeSet<>();
        files.keySet().stream().filter(name -> name.endsWith(".js")).forEach(name -> {
            Matcher matcher = USED.matcher(read(name));
            while (matcher.find()) {
                String key = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
                if (!words(FRAME, key) && !words(room(name), key)) {
                    missing.add(name + ": " + key);
                }
            }
        });
        assertThat(missing).isEmpty();
    }

    /// Rooms are opened in any order, and what is learned last would win.
    @Test
    void noWordIsSaidTwice() {
        assertThat(saidTwice(english)).isEmpty();
        assertThat(saidTwice(chinese)).isEmpty();
    }

    private static Set<String> saidTwice(Map<String, Map<String, String>> rooms) {
        Map<String, String> said = new TreeMap<>();
        Set<String> twice = new TreeSet<>();
        rooms.forEach((room, words) -> words.forEach((key, text) -> {
            String other = said.putIfAbsent(key, text);
            if (other != null && !other.equals(text)) {
                twice.add(room + ": " + key);
            }
        }));
        return twice;
    }

    private boolean words(String room, String key) {
        return english.getOrDefault(room, Map.of()).containsKey(key);
    }

    private static String room(String name) {
        Matcher room = ROOM.matcher(name);
        return room.matches() ? room.group(1) : FRAME;
    }

    private static Set<String> holes(String words) {
        Set<String> found = new TreeSet<>();
        HOLE.matcher(words).results().forEach(hole -> found.add(hole.group()));
        return found;
    }

    /// The words of a language by room; the frame's are under the empty name.
    private Map<String, Map<String, String>> words(String language) {
        Map<String, Map<String, String>> found = new TreeMap<>();
        Pattern dictionary = Pattern
                .compile("app/(i18n/(terms-)?|rooms/\\w+/(\\w+-)?words-)" + language + "\\.js");
        for (String name : files.keySet()) {
            if (dictionary.matcher(name).matches()) {
                ENTRY.matcher(read(name)).results()
                        .forEach(entry -> found.computeIfAbsent(room(name), _ -> new TreeMap<>())
                                .put(entry.group(1), entry.group(2)));
            }
        }
        return found;
    }

    private String read(String name) {
        byte[] bytes = files.get(name);
        assertThat(bytes).as(name).isNotNull();
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
