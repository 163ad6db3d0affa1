package io.aftercare.service.intake;

import io.aftercare.fleet.http.Operations;
import io.aftercare.service.DeskGround;
import io.aftercare.service.Room;
import io.aftercare.service.ticket.Cases;

/// Reports by HTTP, and who answers the line.
public final class IntakeRoom implements Room {
    private final IntakeRoutes routes;
    private final OnCallRoutes onCall;

    public IntakeRoom(DeskGround ground, Cases cases, CaseLinks links) {
        this.routes = new IntakeRoutes(ground, new Reports(cases), links);
        this.onCall = new OnCallRoutes(ground);
    }

    @Override
    public void bind(Operations operations) {
        routes.bind(operations);
        onCall.bind(operations);
    }
}
