package io.aftercare.fleet.http;

import java.io.InputStream;

/// An operation with a long body, read piece by piece. Runs on a virtual thread, so it may block; what it does not read is
/// dropped.
@FunctionalInterface
public interface BodyEndpoint {
    /// @param request whose own `body` is empty
    Response handle(Request request, InputStream body) throws Exception;
}
