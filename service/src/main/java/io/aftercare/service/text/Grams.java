package io.aftercare.service.text;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Search in any language without a dictionary: a text is known by its characters and by its pairs of neighbours, which an
/// inverted index keeps. A word of two Chinese characters is one such pair. What the index finds is a superset; comparing
/// the [#plain] texts decides.
public final class Grams {
    private static final int TEXT_CHARACTERS_MAX = 8000;

    private Grams() {}

    /// The text in lower case, its letters and digits alone, one blank between runs of them, at most 8,000 characters.
    public static String plain(String text) {
        String shorter = text.length() > TEXT_CHARACTERS_MAX ? text.substring(0, TEXT_CHARACTERS_MAX) : text;
        return Normalizer.normalize(shorter, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{M}\\p{N}]+", " ").strip();
    }

    /// Every character and every pair of neighbours of a plain text.
    public static Set<String> ofText(String plain) {
        Set<String> grams = new LinkedHashSet<>();
        for (String run : runs(plain)) {
            int[] points = run.codePoints().toArray();
            for (int i = 0; i < points.length; i++) {
                grams.add(new String(points, i, 1));
                if (i + 1 < points.length) {
                    grams.add(new String(points, i, 2));
                }
            }
        }
        return grams;
    }

    /// What a text must have if it contains this plain one: its pairs, and characters that stand alone.
    public static Set<String> ofQuery(String plain) {
        Set<String> grams = new LinkedHashSet<>();
        for (String run : runs(plain)) {
            int[] points = run.codePoints().toArray();
            if (points.length == 1) {
                grams.add(run);
            }
            for (int i = 0; i + 1 < points.length; i++) {
                grams.add(new String(points, i, 2));
            }
        }
        return grams;
    }

    private static List<String> runs(String plain) {
        List<String> runs = new ArrayList<>(List.of(plain.split(" ")));
        runs.removeIf(String::isEmpty);
        return runs;
    }
}
