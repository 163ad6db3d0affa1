package io.aftercare.service.text;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The words of a kind of paper in English, in Chinese, or in both side by side (`words/<paper>_<language>.properties`).
/// Immutable.
public final class Words {
    private final String language;
    private final List<Map<String, String>> texts;

    private Words(String language, List<Map<String, String>> texts) {
        this.language = language;
        this.texts = texts;
    }

    /// @param language `en`, `zh`, or `both` for papers that are to be read by everybody for years
    public static Words of(String paper, String language) {
        List<String> wanted = language.equals("both") ? List.of("en", "zh") : List.of(language);
        return new Words(language, wanted.stream().map(one -> read(paper, one)).toList());
    }

    /// The `lang` of a page in it.
    public String language() {
        return language.equals("both") ? "en" : language;
    }

    /// @throws IllegalArgumentException where the paper has no such word
    public String get(String key) {
        if (!texts.getFirst().containsKey(key)) {
            throw new IllegalArgumentException("No words for " + key);
        }
        return orSame(key);
    }

    /// The words for a key, or the key itself, for names that come from elsewhere.
    public String orSame(String key) {
        return texts.stream().map(words -> Objects.requireNonNullElse(words.get(key), key)).distinct()
                .collect(Collectors.joining(" / "));
    }

    public Set<String> keys() {
        return new TreeSet<>(texts.getFirst().keySet());
    }

    private static Map<String, String> read(String paper, String language) {
        String name = "/words/" + paper + "_" + language + ".properties";
        Properties properties = new Properties();
        try (Reader in = new InputStreamReader(
                Objects.requireNonNull(Words.class.getResourceAsStream(name), name),
                StandardCharsets.UTF_8)) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> words = new HashMap<>();
        properties.stringPropertyNames().forEach(key -> words.put(key, properties.getProperty(key)));
        return Map.copyOf(words);
    }
}
