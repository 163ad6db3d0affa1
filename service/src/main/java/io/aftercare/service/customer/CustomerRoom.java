package io.aftercare.service.customer;

import io.aftercare.fleet.http.Operations;
import io.aftercare.service.DeskGround;
import io.aftercare.service.Room;
import java.util.LinkedHashMap;
import java.util.Map;

/// The room of customers' files (R67): who they are, what they allowed, and how they are forgotten. Other rooms say what
/// they show on a customer's page, and what personal data they hold, while the desk is wired.
public final class CustomerRoom implements Room {
    private final DeskGround ground;
    private final Map<String, CustomerPanel> panels = new LinkedHashMap<>();
    private final Map<String, PersonalHolding> holdings = new LinkedHashMap<>();

    public CustomerRoom(DeskGround ground) {
        this.ground = ground;
    }

    /// @param name of the field on the customer's page, also described in the OpenAPI schema `Customer`
    public CustomerRoom show(String name, CustomerPanel panel) {
        panels.put(name, panel);
        return this;
    }

    /// @param name of the field in the export of a person's data
    public CustomerRoom hold(String name, PersonalHolding holding) {
        holdings.put(name, holding);
        return this;
    }

    @Override
    public void bind(Operations operations) {
        CustomerReader reader = new CustomerReader(ground, panels);
        new CustomerRoutes(ground, reader).bind(operations);
        new ErasureRoutes(ground, reader, holdings).bind(operations);
    }

    @Override
    public void start() {
        ground.database().useTransaction(CustomerStore::indexUnindexed);
    }
}
