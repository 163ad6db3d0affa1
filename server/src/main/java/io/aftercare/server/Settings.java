package io.aftercare.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// The settings' values as text, from the environment, else the configuration file, else the standard; and the reading of
/// each as its type, with an error that names the setting, the value and what would be right.
final class Settings {
    private static final int DAYS_MAX = 36_500;

    private final Map<Setting, String> values;

    private Settings(Map<Setting, String> values) {
        this.values = values;
    }

    /// @param environment environment variables
    /// @param file        YAML, or null for none
    static Settings read(Map<String, String> environment, @Nullable Path file) {
        Map<Setting, String> values = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.values()) {
            values.put(setting, setting.standard());
        }
        if (file != null) {
            values.putAll(fromFile(file));
        }
        for (Setting setting : Setting.values()) {
            String value = environment.get(setting.variable());
            if (value != null) {
                values.put(setting, value.strip());
            }
        }
        return new Settings(values);
    }

    private static Map<Setting, String> fromFile(Path file) {
        Map<Setting, String> values = new EnumMap<>(Setting.class);
        try {
            JsonNode tree = new YAMLMapper().readTree(Files.readString(file));
            if (!tree.isObject()) {
                throw new StartupException(
                        file + ": a YAML map of settings is needed, such as 'http-port: 8080'");
            }
            for (Map.Entry<String, JsonNode> entry : tree.properties()) {
                Setting setting = Setting.byKey(entry.getKey()).orElseThrow(() -> new StartupException(
                        file + ": there is no setting " + entry.getKey() + "; 'serve --help' lists them"));
                values.put(setting, entry.getValue().asText().strip());
            }
        } catch (JsonProcessingException e) {
            throw new StartupException(file + ": not YAML: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new StartupException(file + ": cannot be read (" + e.getMessage() + ")");
        }
        return values;
    }

    String text(Setting setting) {
        return values.getOrDefault(setting, "");
    }

    Optional<String> optional(Setting setting) {
        return Optional.of(text(setting)).filter(value -> !value.isEmpty());
    }

    int port(Setting setting) {
        try {
            int port = Integer.parseInt(text(setting));
            if (port >= 0 && port <= 65535) {
                return port;
            }
        } catch (NumberFormatException e) {
            throw wrong(setting, "a port from 1 to 65535 is needed, or 0 for a free one");
        }
        throw wrong(setting, "a port from 1 to 65535 is needed, or 0 for a free one");
    }

    /// A whole number from 1 to `most`.
    long atLeastOne(Setting setting, long most) {
        try {
            long number = Long.parseLong(text(setting));
            if (number >= 1 && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw wrong(setting, "a whole number from 1 to " + most + " is needed");
        }
        throw wrong(setting, "a whole number from 1 to " + most + " is needed");
    }

    /// A port, or none where the setting is empty.
    OptionalInt optionalPort(Setting setting) {
        return optional(setting).isEmpty() ? OptionalInt.empty() : OptionalInt.of(port(setting));
    }

    /// A whole number, not negative.
    int count(Setting setting) {
        try {
            int count = Integer.parseInt(text(setting));
            if (count >= 0) {
                return count;
            }
        } catch (NumberFormatException e) {
            throw wrong(setting, "a whole number is needed, 0 for no bound");
        }
        throw wrong(setting, "a whole number is needed, 0 for no bound");
    }

    Optional<Path> readableFile(Setting setting) {
        Optional<Path> file = optional(setting).map(Path::of);
        if (file.isPresent() && !Files.isReadable(file.get())) {
            throw wrong(setting, "there is no such file, or it may not be read");
        }
        return file;
    }

    /// Whole days, at least one, such as `P90D`.
    Duration days(Setting setting) {
        String remedy = "a number of days is needed, such as P90D";
        try {
            Duration duration = Duration.parse(text(setting));
            if (duration.toDays() >= 1 && duration.toDays() <= DAYS_MAX
                    && duration.equals(Duration.ofDays(duration.toDays()))) {
                return duration;
            }
        } catch (DateTimeParseException e) {
            throw wrong(setting, remedy);
        }
        throw wrong(setting, remedy);
    }

    String oneOf(Setting setting, String... allowed) {
        for (String value : allowed) {
            if (value.equals(text(setting))) {
                return value;
            }
        }
        throw wrong(setting, "one of " + String.join(", ", allowed) + " is needed");
    }

    /// The one line that a wrong setting stops the start with.
    StartupException wrong(Setting setting, String remedy) {
        String shown = setting.isSecret() ? "***" : text(setting);
        return new StartupException(setting.variable() + "=" + shown + ": " + remedy);
    }
}
