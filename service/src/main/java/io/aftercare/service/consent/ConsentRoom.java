package io.aftercare.service.consent;

import io.aftercare.fleet.http.Operations;
import io.aftercare.service.DeskGround;
import io.aftercare.service.Room;
import io.aftercare.service.text.Catalogue;
import io.aftercare.service.ticket.Cases;

/// Consents for remote diagnostics, wired.
public final class ConsentRoom implements Room {
    private final ConsentDesk desk;
    private final ConsentPage page;

    public ConsentRoom(DeskGround ground, Cases cases) {
        ConsentWords words = new ConsentWords(Catalogue.read());
        this.desk = new ConsentDesk(ground, cases, words);
        this.page = new ConsentPage(ground, cases, words);
        cases.show("remoteConsents", (handle, ticket, _) -> ConsentSql.ofTicket(handle, ticket.id()).stream()
                .map(one -> one.at(ground.now())).toList());
    }

    @Override
    public void bind(Operations operations) {
        desk.bind(operations);
        page.bind(operations);
    }
}
