package io.aftercare.fleet.http;

import io.aftercare.fleet.people.Principal;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.MultiMap;
import org.jspecify.annotations.Nullable;

/// Says who makes a request. Called on virtual threads, so it may block.
@FunctionalInterface
public interface Authenticator {
    /// What a request shows of its sender.
    ///
    /// @param sessionCookie value of the console's session cookie, null without one
    record Credentials(HttpMethod method, MultiMap headers, @Nullable String sessionCookie, String address) {}

    /// The sender, [Principal#NOBODY] where nothing is shown; a [Problem] 401 where what is shown is not valid, 403 where a
    /// write with the cookie lacks its CSRF header.
    Principal authenticate(Credentials credentials);
}
