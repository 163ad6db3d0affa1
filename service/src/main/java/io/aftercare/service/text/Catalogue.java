package io.aftercare.service.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What customers and staff are told, in each [Language]: `text/<language>.properties`, in UTF-8, with parameters as
/// `{name}`. Immutable.
public final class Catalogue {
    private static final Pattern PARAMETER = Pattern.compile("\\{([a-zA-Z][a-zA-Z0-9]*)}");

    private final Map<Language, Properties> texts;

    private Catalogue(Map<Language, Properties> texts) {
        this.texts = texts;
    }

    /// Reads the files from the class path.
    public static Catalogue read() {
        Map<Language, Properties> texts = new EnumMap<>(Language.class);
        for (Language language : Language.values()) {
            texts.put(language, read("/text/" + language.text() + ".properties"));
        }
        return new Catalogue(texts);
    }

    private static Properties read(String file) {
        try (InputStream in = Catalogue.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException(file + " is not on the class path");
            }
            Properties properties = new Properties();
            Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8);
            properties.load(reader);
            return properties;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Set<String> keys(Language language) {
        return new TreeSet<>(of(language).stringPropertyNames());
    }

    public boolean has(String key) {
        return texts.values().stream().allMatch(properties -> properties.containsKey(key));
    }

    /// The names of the parameters of a text.
    public Set<String> parameters(Language language, String key) {
        Set<String> names = new TreeSet<>();
        PARAMETER.matcher(text(language, key)).results().forEach(match -> names.add(match.group(1)));
        return names;
    }

    /// A text with its parameters filled in, once: what they contain is not read again. A parameter that is not
    /// given is a dash.
    public String text(Language language, String key, Map<String, String> params) {
        return PARAMETER.matcher(text(language, key)).replaceAll(
                match -> Matcher.quoteReplacement(params.getOrDefault(match.group(1), "–")));
    }

    /// A text as it stands.
    public String text(Language language, String key) {
        String text = of(language).getProperty(key);
        if (text == null) {
            throw new IllegalArgumentException("The catalogue has no " + key + " in " + language.text());
        }
        return text;
    }

    private Properties of(Language language) {
        return Objects.requireNonNull(texts.get(language), language.text());
    }
}
