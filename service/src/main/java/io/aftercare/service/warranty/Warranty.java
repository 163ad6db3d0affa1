package io.aftercare.service.warranty;

import io.aftercare.fleet.http.Operations;
import io.aftercare.service.DeskGround;
import io.aftercare.service.Room;
import io.aftercare.service.ticket.Cases;

/// The room of warranties: policies, what is known of a device's purchase and parts, and what follows ([Entitlements]).
public final class Warranty implements Room {
    private final Policies policies;
    private final PolicyRoutes policyRoutes;
    private final DeviceWarrantyRoutes deviceRoutes;

    /// @param repairs which parts were fitted
    public Warranty(DeskGround ground, Cases cases, Repairs repairs) {
        this.policies = new Policies(ground);
        this.policyRoutes = new PolicyRoutes(ground, policies);
        this.deviceRoutes = new DeviceWarrantyRoutes(ground, cases);
        cases.listen(new RepairedParts(cases, repairs));
        cases.show("entitlement", new EntitlementPanel());
    }

    @Override
    public void bind(Operations operations) {
        policyRoutes.bind(operations);
        deviceRoutes.bind(operations);
    }

    /// A new installation gets the given policies here, before the first case.
    @Override
    public void start() {
        policies.give();
    }
}
