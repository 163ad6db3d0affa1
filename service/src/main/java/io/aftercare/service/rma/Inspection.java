package io.aftercare.service.rma;

import java.time.Instant;
import java.util.List;

/// The report on a device that came in, due within three working days (R24).
///
/// @param photos references of pictures
public record Inspection(String findings, List<String> photos, Verdict verdict, String inspector,
        Instant at) {
    public Inspection {
        photos = List.copyOf(photos);
    }
}
