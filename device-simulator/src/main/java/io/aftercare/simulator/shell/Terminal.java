package io.aftercare.simulator.shell;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// A terminal with a small shell behind it: it echoes what is typed, and a line is a command. Knows no program of the host.
/// Not thread-safe. A line holds at most [#LINE_BYTES_MAX] bytes, more is not taken.
final class Terminal {
    static final int LINE_BYTES_MAX = 1_000;
    private static final int BACKSPACE = 0x08;
    private static final int DELETE = 0x7f;
    private static final int CONTROL_C = 0x03;
    private static final int CONTROL_D = 0x04;

    private final Commands commands;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private boolean isOver;

    Terminal(Commands commands) {
        this.commands = commands;
    }

    /// What stands there before anything is typed.
    String greeting() {
        return "\r\n" + commands.name() + " service shell; 'help' says what there is\r\n" + prompt();
    }

    boolean isOver() {
        return isOver;
    }

    /// Takes what was typed; returns what is shown.
    byte[] typed(byte[] input) {
        ByteArrayOutputStream shown = new ByteArrayOutputStream();
        for (byte each : input) {
            if (!isOver) {
                key(each & 0xff, shown);
            }
        }
        return shown.toByteArray();
    }

    private void key(int key, ByteArrayOutputStream shown) {
        switch (key) {
            case '\r', '\n' -> enter(shown);
            case BACKSPACE, DELETE -> {
                byte[] left = line.toByteArray();
                if (left.length > 0) {
                    line.reset();
                    line.write(left, 0, left.length - 1);
                    show(shown, "\b \b");
                }
            }
            case CONTROL_C -> {
                line.reset();
                show(shown, "^C\r\n" + prompt());
            }
            case CONTROL_D -> {
                if (line.size() == 0) {
                    isOver = true;
                    show(shown, "exit\r\n");
                }
            }
            default -> {
                if (key >= ' ' && line.size() < LINE_BYTES_MAX) {
                    line.write(key);
                    shown.write(key);
                }
            }
        }
    }

    private void enter(ByteArrayOutputStream shown) {
        String command = line.toString(StandardCharsets.UTF_8).strip();
        line.reset();
        show(shown, "\r\n");
        if (command.equals("exit") || command.equals("logout")) {
            isOver = true;
            return;
        }
        String output = command.isEmpty() ? "" : commands.run(command);
        show(shown, output.replace("\n", "\r\n") + prompt());
    }

    private String prompt() {
        return commands.name() + ":" + commands.folder() + "$ ";
    }

    private static void show(ByteArrayOutputStream shown, String text) {
        shown.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
