package io.aftercare.fleet.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Reads files of the class path, out of a folder or out of the jar.
public final class ClassPathFiles {
    private ClassPathFiles() {}

    /// Every file below a folder of the class path, by its name relative to that folder, in the order of the names.
    public static SortedMap<String, byte[]> below(String folder) {
        URL url = ClassPathFiles.class.getResource("/" + folder);
        if (url == null) {
            throw new IllegalStateException(folder + " is not on the class path");
        }
        try {
            URI uri = url.toURI();
            if (!"jar".equals(uri.getScheme())) {
                return walk(Path.of(uri));
            }
            try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
                return walk(jar.getPath("/" + folder));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The files of " + folder + " cannot be read", e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static SortedMap<String, byte[]> walk(Path root) throws IOException {
        SortedMap<String, byte[]> found = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                found.put(root.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
            }
        }
        return found;
    }

    /// One file, if there is such a file.
    public static Optional<byte[]> read(String name) {
        try (InputStream in = ClassPathFiles.class.getResourceAsStream("/" + name)) {
            return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(name + " cannot be read", e);
        }
    }
}
