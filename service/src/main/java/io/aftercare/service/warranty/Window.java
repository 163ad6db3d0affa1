package io.aftercare.service.warranty;

/// For how long one of the three guarantees holds (R5): from the end of day `fromDay` to the end of day `untilDay` after the
/// start, whose own day is not counted.
public record Window(Remedy remedy, int fromDay, int untilDay) {
    boolean overlaps(Window other) {
        return remedy == other.remedy && fromDay < other.untilDay && other.fromDay < untilDay;
    }
}
