package io.aftercare.ota.release;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// The sender stopped, went away or sent what is no multipart body: its fault, and not that of our disk.
final class BrokenUpload extends IOException {
    BrokenUpload(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
