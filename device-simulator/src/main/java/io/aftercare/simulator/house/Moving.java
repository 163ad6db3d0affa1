package io.aftercare.simulator.house;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.simulator.credentials.Credential;
import io.aftercare.simulator.physics.Kind;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Moves in: products, customers, and the devices that they have bought.
final class Moving {
    private final Desk desk;
    private final Map<Neighbour, String> customers = new LinkedHashMap<>();
    private final Map<String, Credential> devices = new LinkedHashMap<>();

    Moving(Desk desk) {
        this.desk = desk;
    }

    void move(List<Appliance> appliances) throws IOException, InterruptedException {
        for (Kind kind : Kind.values()) {
            if (desk.as(Desk.ADMIN).get("/products/" + kind.product().model()).status() == 404) {
                desk.post(Desk.ADMIN, "/products", kind.product().toJson());
            }
        }
        for (Neighbour each : Neighbours.ALL) {
            customers.put(each, customer(each));
        }
        for (Appliance each : appliances) {
            devices.put(each.id(), device(each));
        }
    }

    private String customer(Neighbour who) throws IOException, InterruptedException {
        String id = desk.post("lin", "/customers", "name", who.name(), "phone", who.phone(), "email",
                who.email(), "address", who.address(), "locale", who.locale(), "grade", who.grade(),
                "channel", who.channel()).path("id").asText();
        boolean agreed = !who.grade().equals("standard");
        desk.post("lin", "/customers/" + id + "/consents", "purpose", "marketing", "given", agreed, "source",
                "contract of sale");
        desk.post("lin", "/customers/" + id + "/consents", "purpose", "remote", "given", agreed, "source",
                "contract of sale");
        return id;
    }

    private Credential device(Appliance what) throws IOException, InterruptedException {
        Neighbour owner = what.owner();
        JsonNode made = desk.post("grace", "/devices", "id", what.id(), "model", what.model(), "hardware",
                what.kind().product().hardware(), "customer", customers.get(owner), "purchased",
                what.purchased().toString(), "region", owner.region(), "outlet",
                Town.outletOf(owner.region()).code(), "tags", what.tags());
        return new Credential(what.id(), what.model(), made.path("token").asText());
    }

    /// The customer's file.
    String fileOf(Neighbour who) {
        return customers.getOrDefault(who, "");
    }

    Credential tokenOf(Appliance what) {
        Credential token = devices.get(what.id());
        if (token == null) {
            throw new IllegalArgumentException("there is no device " + what.id());
        }
        return token;
    }
}
