package io.aftercare.remote.upload;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A folder of files by id, which nobody but the backend's own user may read. Thread-safe; calls block.
public final class KeptFiles {
    private static final Pattern ID = Pattern.compile("[a-z0-9]{1,40}");
    private static final int SWEPT_AT_ONCE_MAX = 500;
    private static final boolean POSIX = FileSystems.getDefault().supportedFileAttributeViews()
            .contains("posix");

    private final Path folder;

    /// @param folder made when the first file comes
    public KeptFiles(Path folder) {
        this.folder = folder;
    }

    /// The file as it can be written from `offset` on; what lies behind that is cut off, and one that is not there is made.
    public FileChannel openAt(String id, long offset) throws IOException {
        Files.createDirectories(folder, only("rwx------"));
        Path path = path(id);
        boolean isNew = !Files.exists(path);
        FileChannel channel = FileChannel.open(path,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), only("rw-------"));
        try {
            channel.truncate(offset).position(offset);
            if (isNew) {
                sync(folder);
            }
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /// @throws NoSuchFileException where there is none
    public InputStream read(String id) throws IOException {
        return Files.newInputStream(path(id));
    }

    /// Its bytes, 0 where there is none.
    public long size(String id) throws IOException {
        try {
            return Files.size(path(id));
        } catch (NoSuchFileException e) {
            return 0; // which is the answer
        }
    }

    public void delete(String id) throws IOException {
        Files.deleteIfExists(path(id));
    }

    /// Deletes what is not needed: left by a crash between a file and its row, or the other way round.
    ///
    /// @param needed which of some ids are needed
    /// @return how many were deleted
    public int sweep(UnaryOperator<Set<String>> needed) throws IOException {
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        int deleted = 0;
        try (Stream<Path> all = Files.list(folder)) {
            var names = all.map(file -> file.getFileName().toString()).filter(ID.asMatchPredicate())
                    .iterator();
            List<String> some = new ArrayList<>();
            while (names.hasNext()) {
                some.add(names.next());
                if (some.size() == SWEPT_AT_ONCE_MAX || !names.hasNext()) {
                    Set<String> keep = needed.apply(Set.copyOf(some));
                    for (String id : some) {
                        if (!keep.contains(id)) {
                            delete(id);
                            deleted++;
                        }
                    }
                    some.clear();
                }
            }
        }
        return deleted;
    }

    private Path path(String id) {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("No name for a file: " + id);
        }
        return folder.resolve(id);
    }

    private static FileAttribute<?>[] only(String permissions) {
        return POSIX
                ? new FileAttribute<?>[]{
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))}
                : new FileAttribute<?>[0];
    }

    // so that the name, too, survives a crash: https://man7.org/linux/man-pages/man2/fsync.2.html
    private static void sync(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
