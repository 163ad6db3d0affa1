package io.aftercare.remote.selftest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Page;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import io.aftercare.remote.RemoteGround;
import io.aftercare.remote.Room;
import io.aftercare.remote.action.Action;
import io.aftercare.remote.action.ActionListener;
import io.aftercare.remote.action.ActionState;
import io.aftercare.remote.action.Actions;
import java.util.List;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/// Self-tests, wired: what comes of the action `self_test`, and how people see it.
public final class SelfTestRoom implements Room, ActionListener {
    static final String ACTION = "self_test";

    private final RemoteGround ground;

    public SelfTestRoom(RemoteGround ground, Actions actions) {
        this.ground = ground;
        actions.listen(this);
    }

    @Override
    public void ended(Handle handle, Action action) {
        // One that was never sent, or never answered, tested nothing.
        boolean answered = action.state() == ActionState.SUCCEEDED || action.output() != null;
        if (action.action().equals(ACTION) && answered) {
            SelfTests.record(handle, run(action, false), action.output());
        }
    }

    @Override
    public void late(Handle handle, Action action) {
        JsonNode late = action.lateResult();
        if (action.action().equals(ACTION) && late != null && late.hasNonNull("output")) {
            SelfTests.record(handle, run(action, true), late.get("output"));
        }
    }

    private SelfTests.Run run(Action action, boolean late) {
        return new SelfTests.Run(action.id(), action.device(), action.ticket(), ground.now(), late);
    }

    @Override
    public void bind(Operations operations) {
        operations.on("listSelfTests", this::list).on("summariseSelfTests", this::summary)
                .on("listSelfTestResults", this::history);
    }

    private Response list(Request request) {
        String device = device(request);
        List<ObjectNode> rows = read(
                handle -> SelfTests.runs(handle, device, request.cursor(), request.limit() + 1));
        return Response.ok(Page.of(rows, request.limit(), row -> row.path("action").asText()));
    }

    private Response summary(Request request) {
        String device = device(request);
        return Response.ok(read(handle -> SelfTests.summary(handle, device)));
    }

    private Response history(Request request) {
        String device = device(request);
        return Response.ok(new Page<>(
                read(handle -> SelfTests.history(handle, device, request.path("test"))), null));
    }

    private String device(Request request) {
        return ground.devices().visible(request.path("id"), request.principal()).id().value();
    }

    private <T> T read(Function<Handle, T> work) {
        return ground.database().jdbi().withHandle(work::apply);
    }
}
