package io.aftercare.remote.crash.symbol;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// By `addr2line` of the GNU binutils. https://sourceware.org/binutils/docs/binutils/addr2line.html
final class Addr2line implements Symbolizer {
    private static final Pattern ADDRESS = Pattern.compile("0x[0-9a-f]{1,16}");
    private static final Pattern LINE = Pattern.compile("(.*):(\\d+|\\?)(?: \\(discriminator \\d+\\))?");
    private final Tool tool;

    Addr2line(Tool tool) {
        this.tool = tool;
    }

    @Override
    public Map<Long, List<Place>> resolve(Path file, List<Long> offsets) throws IOException {
        String input = offsets.stream().map(offset -> "0x" + Long.toHexString(offset))
                .collect(Collectors.joining("\n", "", "\n"));
        return parse(tool.run(List.of("--exe=" + file.toAbsolutePath(), "--addresses", "--functions",
                "--inlines", "--demangle"), input));
    }

    /// For each address a line with it, then two lines for each function there: its name, and its place.
    static Map<Long, List<Place>> parse(String output) {
        Map<Long, List<Place>> found = new HashMap<>();
        List<Place> places = new ArrayList<>();
        List<String> lines = output.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            if (ADDRESS.matcher(lines.get(i)).matches()) {
                places = new ArrayList<>();
                found.put(Long.parseUnsignedLong(lines.get(i).substring(2), 16), places);
            } else if (i + 1 < lines.size()) {
                String function = lines.get(i);
                i++;
                if (!function.equals("??")) {
                    places.add(place(function, lines.get(i)));
                }
            }
        }
        return found;
    }

    private static Place place(String function, String where) {
        Matcher line = LINE.matcher(where);
        if (!line.matches() || line.group(1).equals("??")) {
            return new Place(function, null, 0);
        }
        return new Place(function, line.group(1),
                line.group(2).equals("?") ? 0 : Integer.parseInt(line.group(2)));
    }
}
