package io.aftercare.service.portal;

import io.aftercare.fleet.http.Operations;
import io.aftercare.service.DeskGround;
import io.aftercare.service.Room;
import io.aftercare.service.text.Catalogue;
import io.aftercare.service.ticket.Cases;

/// The customer's page and what it asks.
public final class PortalRoom implements Room {
    private final PortalRoutes routes;

    public PortalRoom(DeskGround ground, Cases cases, Catalogue catalogue, Languages languages,
            Appointments appointments, CaseFiles files) {
        this.routes = new PortalRoutes(ground, cases, catalogue, languages, appointments, files);
    }

    @Override
    public void bind(Operations operations) {
        routes.bind(operations);
    }
}
