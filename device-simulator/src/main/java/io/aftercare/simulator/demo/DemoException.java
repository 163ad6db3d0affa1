package io.aftercare.simulator.demo;

/// The demonstration cannot go on; the message says why to the person who watches it.
final class DemoException extends Exception {
    private static final long serialVersionUID = 1;

    DemoException(String message) {
        super(message);
    }
}
