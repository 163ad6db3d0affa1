package io.aftercare.simulator.product;

import io.aftercare.simulator.product.Product.Action;
import java.util.List;
import java.util.stream.Stream;

/// The actions that every device knows.
public final class Actions {
    private static final String INTERVAL = """
            {"type":"object","required":["seconds"],"additionalProperties":false,"properties":{
            "seconds":{"type":"number","minimum":0.2,"maximum":3600},
            "ttlSeconds":{"type":"number","minimum":1,"maximum":900}}}""";
    private static final String LOGS = """
            {"type":"object","additionalProperties":false,"properties":{
            "lines":{"type":"integer","minimum":1,"maximum":200}}}""";

    private Actions() {}

    /// The common ones, and the given ones of a product.
    public static List<Action> with(Action... own) {
        return Stream.concat(Stream.of(new Action("ping", "A"), new Action("get_logs", "A", LOGS, 60),
                new Action("self_test", "A"), new Action("set_interval", "B", INTERVAL, 60),
                new Action("reboot", "C")), Stream.of(own)).toList();
    }
}
