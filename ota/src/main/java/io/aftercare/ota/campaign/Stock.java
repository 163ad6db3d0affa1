package io.aftercare.ota.campaign;

import io.aftercare.ota.release.Release;
import java.util.Optional;

/// Asks whether what a release delivers can be sent. May block.
@FunctionalInterface
public interface Stock {
    /// What of it is not there, for people to read; empty where all is.
    Optional<String> missing(Release release);
}
