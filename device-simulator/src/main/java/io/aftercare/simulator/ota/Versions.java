package io.aftercare.simulator.ota;

/// Compares versions such as `2.10.0` and `2.9` number by number; what is not a number counts as text.
final class Versions {
    private Versions() {}

    static int compare(String left, String right) {
        String[] a = left.split("[.+-]", -1);
        String[] b = right.split("[.+-]", -1);
        for (int i = 0; i < Math.max(a.length, b.length); i++) {
            int order = comparePart(i < a.length ? a[i] : "0", i < b.length ? b[i] : "0");
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static int comparePart(String a, String b) {
        boolean numbers = a.matches("\\d{1,18}") && b.matches("\\d{1,18}");
        return numbers ? Long.compare(Long.parseLong(a), Long.parseLong(b)) : a.compareTo(b);
    }
}
