package io.aftercare.fleet.people;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.audit.Audit;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import io.aftercare.fleet.postgres.Database;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Logging in and out. A program gets the token to send as Bearer; the console (`X-Requested-With: console`) gets it as a
/// cookie that no script can read, and the CSRF token that its writes send back.
///
/// Guessing is slowed down by user and address, and by address alone.
public final class SessionRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(SessionRoutes.class);
    private static final int FREE_ATTEMPTS = 5;
    private static final int FREE_ATTEMPTS_ADDRESS = 100;

    private final Database database;
    private final Staff staff;
    private final Sessions sessions;
    private final boolean secureCookie;
    private final LoginLimits byUser;
    private final LoginLimits byAddress;

    private record Login(String username, String password) {}

    /// @param secureCookie whether browsers come by HTTPS, so that the cookie may say `Secure`
    public SessionRoutes(Database database, Staff staff, Sessions sessions, InstantSource clock,
            boolean secureCookie) {
        this.database = database;
        this.staff = staff;
        this.sessions = sessions;
        this.secureCookie = secureCookie;
        this.byUser = new LoginLimits(clock, FREE_ATTEMPTS);
        this.byAddress = new LoginLimits(clock, FREE_ATTEMPTS_ADDRESS);
    }

    public void bind(Operations operations) {
        operations.on("openSession", this::open).on("currentSession", this::current).on("closeSession",
                this::close);
    }

    private Response open(Request request) {
        Login login = request.body(Login.class);
        String user = login.username() + " " + request.address();
        Optional<Duration> wait = byUser.attempt(user).or(() -> byAddress.attempt(request.address()));
        if (wait.isPresent()) {
            return slowDown(wait.get(), request.address());
        }
        Member member = staff.verify(login.username(), login.password())
                .orElseThrow(() -> Problem.unauthorized("User name or password is wrong"));
        byUser.succeeded(user);
        byAddress.succeeded(request.address());
        Sessions.Opened opened = sessions.open(member);
        database.useTransaction(handle -> Audit.append(handle, new Audit.Entry(member.principal(),
                "session.open", "user/" + member.username(), null, request.address())));
        return answer(request, member, opened);
    }

    private Response answer(Request request, Member member, Sessions.Opened opened) {
        boolean console = request.header("X-Requested-With").filter("console"::equalsIgnoreCase).isPresent();
        ObjectNode body = Json.object().put("expires", opened.expires().toString());
        body.set("user", user(member));
        if (!console) {
            return Response.ok(body.put("token", opened.token().secret()));
        }
        return Response.ok(body.put("csrf", opened.token().csrf()))
                .with("Set-Cookie", cookie(opened.token().secret(), Sessions.LIFE));
    }

    private Response current(Request request) {
        Member member = staff.find(request.principal().name())
                .orElseThrow(() -> Problem.unauthorized("This user is no longer there"));
        ObjectNode body = Json.object();
        body.set("user", user(member));
        SessionToken.shown(request.headers()).filter(SessionToken.Shown::byCookie)
                .ifPresent(shown -> body.put("csrf", shown.token().csrf()));
        return Response.ok(body);
    }

    private Response close(Request request) {
        SessionToken.shown(request.headers()).ifPresent(shown -> sessions.close(shown.token()));
        database.useTransaction(handle -> Audit.append(handle, new Audit.Entry(request.principal(),
                "session.close", "user/" + request.principal().name(), null, request.address())));
        return Response.noContent().with("Set-Cookie", cookie("", Duration.ZERO));
    }

    private static ObjectNode user(Member member) {
        ObjectNode user = Json.object().put("username", member.username());
        user.set("roles", Json.tree(member.roles().stream().sorted().toList()));
        return user.put("region", member.region()).put("outlet", member.outlet());
    }

    private String cookie(String value, Duration life) {
        return SessionToken.COOKIE + "=" + value + "; Path=/; Max-Age=" + life.toSeconds()
                + "; HttpOnly; SameSite=Strict" + (secureCookie ? "; Secure" : "");
    }

    private static Response slowDown(Duration wait, String address) {
        long seconds = wait.toSeconds() + 1;
        LOG.warn("Logins from {} must wait {} s after too many failures", address, seconds);
        Problem problem = Problem.of(429, "Too many attempts", "Wait " + seconds + " s and try again");
        return new Response(429, problem.body(), Map.of()).with("Retry-After", Long.toString(seconds));
    }
}
