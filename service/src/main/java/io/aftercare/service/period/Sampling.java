package io.aftercare.service.period;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/// Draws samples that anybody can draw again. Pure.
public final class Sampling {
    private Sampling() {}

    /// `size` of the population at random, each as likely as any other, in the population's order; all of them where there
    /// are no more. The same seed draws the same again.
    public static <T> List<T> draw(List<T> population, int size, long seed) {
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < population.size(); i++) {
            places.add(i);
        }
        Collections.shuffle(places, new Random(seed));
        return places.subList(0, Math.min(size, places.size())).stream().sorted().map(population::get)
                .toList();
    }
}
