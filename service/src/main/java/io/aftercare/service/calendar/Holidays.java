package io.aftercare.service.calendar;

import de.focus_shift.jollyday.core.CalendarHierarchy;
import de.focus_shift.jollyday.core.Holiday;
import de.focus_shift.jollyday.core.HolidayManager;
import de.focus_shift.jollyday.core.HolidayType;
import de.focus_shift.jollyday.core.ManagerParameters;
import java.time.LocalDate;
import java.time.Year;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The public holidays of a country, or of a part of it, by Jollyday. Thread-safe; a year's days are kept once they were asked
/// for, and a calendar looks 40 years around at most.
final class Holidays {
    private static final Pattern FORM = Pattern.compile("[a-z]{2}(-[a-z0-9]{1,8}){0,3}");
    private static final ConcurrentHashMap<String, Holidays> KNOWN = new ConcurrentHashMap<>();

    private final HolidayManager manager;
    private final String[] parts;
    private final ConcurrentHashMap<Integer, Set<LocalDate>> years = new ConcurrentHashMap<>();

    private Holidays(HolidayManager manager, String[] parts) {
        this.manager = manager;
        this.parts = parts;
    }

    /// @param code ISO 3166 country, and its part after a hyphen: `cn`, `de-by`
    /// @return empty where there is no such country or part
    static Optional<Holidays> of(String code) {
        Holidays known = KNOWN.get(code);
        if (known != null) {
            return Optional.of(known);
        }
        if (!FORM.matcher(code).matches()) {
            return Optional.empty();
        }
        String[] names = code.split("-", -1);
        if (Holidays.class.getResource("/holidays/Holidays_" + names[0] + ".xml") == null) {
            return Optional.empty();
        }
        HolidayManager manager = HolidayManager.getInstance(ManagerParameters.create(names[0]));
        String[] parts = Arrays.copyOfRange(names, 1, names.length);
        CalendarHierarchy hierarchy = manager.getCalendarHierarchy();
        for (String part : parts) {
            hierarchy = hierarchy.getChildren().get(part);
            if (hierarchy == null) {
                return Optional.empty();
            }
        }
        Holidays found = new Holidays(manager, parts);
        KNOWN.putIfAbsent(code, found);
        return Optional.of(found);
    }

    boolean has(LocalDate date) {
        return years.computeIfAbsent(date.getYear(), this::year).contains(date);
    }

    private Set<LocalDate> year(int year) {
        return manager.getHolidays(Year.of(year), HolidayType.PUBLIC_HOLIDAY, parts).stream()
                .map(Holiday::getDate).collect(Collectors.toUnmodifiableSet());
    }
}
