package io.aftercare.remote.boost;

import io.aftercare.fleet.background.BackgroundLoop;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Page;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import io.aftercare.remote.RemoteGround;
import io.aftercare.remote.Room;
import io.aftercare.remote.action.Actions;
import io.micrometer.core.instrument.Gauge;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// Boosts, wired.
public final class BoostRoom implements Room {
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final int AT_ONCE_MAX = 200;

    private final RemoteGround ground;
    private final Boosts boosts;
    private final AtomicInteger live = new AtomicInteger();
    private final BackgroundLoop loop = new BackgroundLoop("boosts", EVERY, this::round);

    /// @param boostsMax devices that are boosted at a time
    public BoostRoom(RemoteGround ground, Actions actions, int boostsMax) {
        this.ground = ground;
        this.boosts = new Boosts(ground, actions, boostsMax);
        actions.listen(boosts);
        Gauge.builder("aftercare.remote.boosts", live, AtomicInteger::get)
                .description("Devices that sample faster for a while").register(ground.meters());
    }

    private boolean round() {
        boolean more = boosts.pass(AT_ONCE_MAX) == AT_ONCE_MAX;
        live.set(boosts.count());
        return more;
    }

    @Override
    public void start() {
        loop.start();
    }

    @Override
    public void close() {
        loop.close();
    }

    @Override
    public void bind(Operations operations) {
        operations.on("beginBoost", this::begin).on("getBoost", this::get).on("endBoost", this::end)
                .on("listBoosts", this::list);
    }

    private Response begin(Request request) {
        return Response.accepted(
                boosts.begin(request.principal(), device(request), request.body(Boosts.Wanted.class)));
    }

    private Response get(Request request) {
        Device device = device(request);
        return Response.ok(
                boosts.newest(device)
                        .orElseThrow(() -> Problem.notFound("boost of device", device.id().value())));
    }

    private Response end(Request request) {
        return Response.ok(boosts.end(request.principal(), device(request)));
    }

    private Response list(Request request) {
        String after = request.cursor() == null ? "" : request.cursor();
        List<Boost> rows = boosts.live(request.principal(), after, request.limit() + 1);
        return Response.ok(Page.of(rows, request.limit(), Boost::id));
    }

    private Device device(Request request) {
        return ground.devices().visible(request.path("id"), request.principal());
    }
}
