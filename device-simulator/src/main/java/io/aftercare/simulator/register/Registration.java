package io.aftercare.simulator.register;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.simulator.credentials.Credential;
import io.aftercare.simulator.product.Product;
import io.aftercare.simulator.staff.StaffApi;
import io.aftercare.simulator.staff.StaffApi.Reply;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Creates the products and devices that are not there yet. Repeating it changes nothing, except that a device whose
/// token nobody kept gets a new one.
public final class Registration {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final StaffApi api;

    public Registration(StaffApi api) {
        this.api = api;
    }

    public void product(Product product) throws IOException, InterruptedException {
        Reply there = api.get("/products/" + product.model());
        if (there.status() == 404) {
            Reply created = api.post("/products", product.toJson());
            if (created.status() != 409) {
                created.orFail();
            }
        } else {
            there.orFail();
        }
    }

    /// Every wanted device with its token: the one already kept, or a new one.
    public List<Credential> devices(List<Credential> wanted, List<Credential> kept, String hardware)
            throws IOException, InterruptedException {
        Map<String, Credential> known = new LinkedHashMap<>();
        kept.forEach(each -> known.put(each.id(), each));
        List<Credential> all = new ArrayList<>();
        for (Credential each : wanted) {
            Credential before = known.get(each.id());
            boolean there = before != null && !before.token().isEmpty() && exists(each.id());
            all.add(there ? before : create(each, hardware));
        }
        return all;
    }

    private boolean exists(String id) throws IOException, InterruptedException {
        return api.get("/devices/" + id).ok();
    }

    private Credential create(Credential wanted, String hardware) throws IOException, InterruptedException {
        ObjectNode device = JSON.createObjectNode().put("id", wanted.id()).put("model", wanted.model());
        if (!hardware.isEmpty()) {
            device.put("hardware", hardware);
        }
        Reply reply = api.post("/devices", device);
        if (reply.status() == 409) {
            reply = api.post("/devices/" + wanted.id() + "/credentials");
        }
        JsonNode token = reply.orFail().path("token");
        if (!token.isTextual()) {
            throw new IOException(reply.request() + " answered without a token: " + reply.body());
        }
        return new Credential(wanted.id(), wanted.model(), token.asText());
    }
}
