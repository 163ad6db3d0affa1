package io.aftercare.server;

import java.io.IOException;
import java.net.BindException;
import java.util.Locale;

/// Tells a port that cannot be opened in the settings' terms.
final class Ports {
    private Ports() {}

    /// The one line for a port that is in use or not this user's to open; any other failure as it is.
    ///
    /// @param port as the setting says it
    static RuntimeException refused(Setting setting, int port, String bind, RuntimeException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException || cause instanceof IOException && isAboutTheAddress(cause)) {
                return new StartupException(setting.variable() + "=" + port
                        + ": the port is in use, or may not be opened at " + bind
                        + "; choose another one, or 0 for a free one");
            }
        }
        return failure;
    }

    // The native transport has an exception of its own for this, with the system's words.
    private static boolean isAboutTheAddress(Throwable cause) {
        String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        return message.contains("bind") || message.contains("address already in use")
                || message.contains("permission denied");
    }
}
