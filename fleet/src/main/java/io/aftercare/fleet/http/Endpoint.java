package io.aftercare.fleet.http;

/// What an operation of the OpenAPI document does. Runs on a virtual thread, so it may block.
@FunctionalInterface
public interface Endpoint {
    Response handle(Request request) throws Exception;
}
