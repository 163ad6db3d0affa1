package io.aftercare.fleet.http;

import io.aftercare.fleet.people.Principal;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;

/// Says who makes a request. Called on virtual threads, so it may block.
@FunctionalInterface
public interface Authenticator {
    /// What a request shows of its sender.
    record Credentials(HttpMethod method, MultiMap headers, String address) {}

    /// The sender, [Principal#NOBODY] where nothing is shown; a [Problem] 401 where what is shown is not valid, 403 where a
    /// write with the cookie lacks its CSRF header.
    Principal authenticate(Credentials credentials);
}
