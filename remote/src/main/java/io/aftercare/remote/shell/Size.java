package io.aftercare.remote.shell;

/// A terminal's size, 1 to 500 each way.
record Size(int columns, int rows) {
    static final int MAX = 500;

    Size {
        if (columns < 1 || columns > MAX || rows < 1 || rows > MAX) {
            throw new IllegalArgumentException("a terminal has 1 to " + MAX + " columns and rows");
        }
    }

    /// As asciicast writes it.
    String text() {
        return columns + "x" + rows;
    }
}
