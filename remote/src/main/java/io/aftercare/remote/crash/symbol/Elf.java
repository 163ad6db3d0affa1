package io.aftercare.remote.crash.symbol;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What can be told of an ELF file without understanding its code: which build it is, what of symbols it has, and where its
/// code lies. https://refspecs.linuxfoundation.org/elf/gabi4+/contents.html
///
/// @param machine what it runs on, such as `aarch64`
/// @param hasNames whether functions have names in it
/// @param hasLines whether places in the source are known
/// @param code     where addresses can be, as the file has them
public record Elf(BuildId buildId, String machine, boolean hasNames, boolean hasLines, List<Range> code) {
    private static final int HEADERS_MAX = 65_535;
    private static final int NOTES_BYTES_MAX = 64 * 1024;
    private static final int NAMES_BYTES_MAX = 4 << 20;
    private static final int LOAD = 1;
    private static final int NOTE_SEGMENT = 4;
    private static final int NOTE_SECTION = 7;
    private static final int EXECUTABLE = 1;
    private static final int GNU_BUILD_ID = 3;

    public Elf {
        code = List.copyOf(code);
    }

    /// Addresses from `start` on, unsigned.
    public record Range(long start, long length) {
        boolean holds(long address) {
            return Long.compareUnsigned(address - start, length) < 0;
        }
    }

    /// Whether there can be code at an address.
    public boolean hasCodeAt(long address) {
        return code.stream().anyMatch(range -> range.holds(address));
    }

    /// Reads some KiB of the file, whatever its size.
    ///
    /// @throws NotSymbols where it is none, damaged, or has no build id
    public static Elf read(Path file) throws IOException, NotSymbols {
        try (FileChannel channel = FileChannel.open(file)) {
            return new Reading(channel).elf();
        } catch (IndexOutOfBoundsException | BufferUnderflowException e) {
            throw Reading.damaged(); // fields that say more than there is
        }
    }

    /// The file cannot serve as a symbol file; says why.
    public static final class NotSymbols extends Exception {
        NotSymbols(String why) {
            super(why);
        }
    }

    /// A table of headers in the file.
    private record Table(long offset, int entryBytes, int count) {}

    /// A stretch of the file that a header describes.
    private record Part(int type, int flags, long address, long offset, long size, long memory, int name) {}

    /// Where fields lie differs between 32 and 64 bits, and between byte orders.
    private static final class Reading {
        private final FileChannel channel;
        private final boolean wide;
        private final ByteOrder order;
        private final ByteBuffer header;

        Reading(FileChannel channel) throws IOException, NotSymbols {
            this.channel = channel;
            ByteBuffer ident = bytes(0, 16);
            if (ident.getInt(0) != 0x7f454c46) {
                throw new NotSymbols("It is no ELF file; upload the program as it was linked, before strip");
            }
            this.wide = ident.get(4) == 2;
            this.order = ident.get(5) == 2 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
            this.header = bytes(0, wide ? 64 : 52).order(order);
        }

        Elf elf() throws IOException, NotSymbols {
            List<Part> segments = parts(segmentTable(), this::segment);
            List<Part> sections = parts(sectionTable(), this::section);
            BuildId buildId = buildId(segments, sections).orElseThrow(() -> new NotSymbols(
                    "It has no build id; link with -Wl,--build-id and build the firmware again"));
            List<String> names = names(sections);
            boolean lines = names.stream()
                    .anyMatch(name -> name.equals(".debug_line") || name.equals(".zdebug_line"));
            boolean symbols = names.contains(".symtab") || names.contains(".debug_info");
            if (!lines && !symbols) {
                throw new NotSymbols("It has neither names of functions nor lines;"
                        + " upload the program as it was linked, before strip, or the file with its debug information");
            }
            List<Range> code = segments.stream()
                    .filter(part -> part.type() == LOAD && (part.flags() & EXECUTABLE) != 0)
                    .map(part -> new Range(part.address(), part.memory())).toList();
            return new Elf(buildId, machine(header.getShort(18) & 0xffff), symbols, lines, code);
        }

        private Table segmentTable() {
            return wide
                    ? new Table(header.getLong(32), header.getShort(54) & 0xffff,
                            header.getShort(56) & 0xffff)
                    : new Table(header.getInt(28) & 0xffffffffL, header.getShort(42) & 0xffff,
                            header.getShort(44) & 0xffff);
        }

        private Table sectionTable() {
            return wide
                    ? new Table(header.getLong(40), header.getShort(58) & 0xffff,
                            header.getShort(60) & 0xffff)
                    : new Table(header.getInt(32) & 0xffffffffL, header.getShort(46) & 0xffff,
                            header.getShort(48) & 0xffff);
        }

        private interface Entry {
            Part of(ByteBuffer entry);
        }

        private List<Part> parts(Table table, Entry entry) throws IOException, NotSymbols {
            List<Part> parts = new ArrayList<>();
            if (table.count() == 0) {
                return parts;
            }
            if (table.count() > HEADERS_MAX || table.entryBytes() < (wide ? 56 : 32)
                    || table.entryBytes() > 256) {
                throw damaged();
            }
            ByteBuffer all = bytes(table.offset(), table.count() * table.entryBytes()).order(order);
            for (int i = 0; i < table.count(); i++) {
                parts.add(entry.of(all.slice(i * table.entryBytes(), table.entryBytes()).order(order)));
            }
            return parts;
        }

        private Part segment(ByteBuffer at) {
            return wide
                    ? new Part(at.getInt(0), at.getInt(4), at.getLong(16), at.getLong(8), at.getLong(32),
                            at.getLong(40), 0)
                    : new Part(at.getInt(0), at.getInt(24), at.getInt(8) & 0xffffffffL,
                            at.getInt(4) & 0xffffffffL, at.getInt(16) & 0xffffffffL,
                            at.getInt(20) & 0xffffffffL, 0);
        }

        private Part section(ByteBuffer at) {
            return wide
                    ? new Part(at.getInt(4), 0, at.getLong(16), at.getLong(24), at.getLong(32), 0,
                            at.getInt(0))
                    : new Part(at.getInt(4), 0, at.getInt(12) & 0xffffffffL, at.getInt(16) & 0xffffffffL,
                            at.getInt(20) & 0xffffffffL, 0, at.getInt(0));
        }

        // Debug files may have kept the headers of segments whose content they dropped: then the sections have the note.
        private Optional<BuildId> buildId(List<Part> segments, List<Part> sections) throws IOException {
            for (Part part : sections) {
                if (part.type() == NOTE_SECTION) {
                    Optional<BuildId> found = note(part);
                    if (found.isPresent()) {
                        return found;
                    }
                }
            }
            for (Part part : segments) {
                if (part.type() == NOTE_SEGMENT) {
                    Optional<BuildId> found = note(part);
                    if (found.isPresent()) {
                        return found;
                    }
                }
            }
            return Optional.empty();
        }

        private Optional<BuildId> note(Part part) throws IOException {
            ByteBuffer notes;
            try {
                notes = bytes(part.offset(), Math.clamp(part.size(), 0, NOTES_BYTES_MAX)).order(order);
            } catch (NotSymbols e) {
                return Optional.empty(); // of content that is not here
            }
            while (notes.remaining() >= 12) {
                int name = notes.getInt();
                int description = notes.getInt();
                int type = notes.getInt();
                int padded = padded(name);
                if (name < 0 || description < 0 || padded < 0
                        || (long) padded + description > notes.remaining()) {
                    return Optional.empty();
                }
                byte[] owner = new byte[name];
                notes.get(notes.position(), owner);
                int at = notes.position() + padded;
                if (type == GNU_BUILD_ID && new String(owner, StandardCharsets.ISO_8859_1).equals("GNU\0")) {
                    byte[] id = new byte[description];
                    notes.get(at, id);
                    return BuildId.parse(HexFormat.of().formatHex(id));
                }
                notes.position((int) Math.min(notes.limit(), (long) at + padded(description)));
            }
            return Optional.empty();
        }

        private static int padded(int length) {
            return (length + 3) & ~3;
        }

        private List<String> names(List<Part> sections) throws IOException, NotSymbols {
            int table = header.getShort(wide ? 62 : 50) & 0xffff;
            if (table == 0 || table >= sections.size()) {
                return List.of();
            }
            Part texts = sections.get(table);
            ByteBuffer all = bytes(texts.offset(), Math.clamp(texts.size(), 0, NAMES_BYTES_MAX));
            List<String> names = new ArrayList<>();
            for (Part section : sections) {
                names.add(text(all, section.name()));
            }
            return names;
        }

        private static String text(ByteBuffer all, int from) {
            int end = Math.max(from, 0);
            while (from >= 0 && end < all.limit() && end - from < 64 && all.get(end) != 0) {
                end++;
            }
            if (from < 0 || end >= all.limit()) {
                return "";
            }
            byte[] text = new byte[end - from];
            all.get(from, text);
            return new String(text, StandardCharsets.ISO_8859_1);
        }

        private ByteBuffer bytes(long offset, int count) throws IOException, NotSymbols {
            if (offset < 0 || offset > channel.size() - count) {
                throw damaged();
            }
            ByteBuffer bytes = ByteBuffer.allocate(count);
            while (bytes.hasRemaining()) {
                if (channel.read(bytes, offset + bytes.position()) < 0) {
                    throw damaged();
                }
            }
            return bytes.flip();
        }

        private static NotSymbols damaged() {
            return new NotSymbols("It is cut off or damaged: its headers point outside of it");
        }
    }

    // https://refspecs.linuxfoundation.org/elf/gabi4+/ch4.eheader.html (e_machine)
    private static String machine(int number) {
        @Nullable
        String known = switch (number) {
            case 3 -> "x86";
            case 8 -> "mips";
            case 20 -> "powerpc";
            case 40 -> "arm";
            case 62 -> "x86-64";
            case 94 -> "xtensa";
            case 183 -> "aarch64";
            case 243 -> "risc-v";
            default -> null;
        };
        return known == null ? String.format(Locale.ROOT, "machine %d", number) : known;
    }
}
