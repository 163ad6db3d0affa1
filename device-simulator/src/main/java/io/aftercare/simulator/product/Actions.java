package io.aftercare.simulator.product;

import io.aftercare.simulator.product.Product.Action;
import java.util.List;
import java.util.stream.Stream;

/// The actions that every device knows.
public final class Actions {
    private static final String INTERVAL = """
            {"type":"object","required":["seconds"],"additionalProperties":false,"properties":{
            "seconds":{"type":"number","minimum":0.2,"maximum":3600},
            "ttlSeconds":{"type":"number","minimum":1,"maximum":900},
            "metrics":{"type":"array","minItems":1,"maxItems":100,"items":{"type":"string","maxLength":64}}}}""";
    private static final String LOGS = """
            {"type":"object","additionalProperties":false,"properties":{
            "from":{"type":"string","maxLength":40},"to":{"type":"string","maxLength":40},
            "level":{"type":"string","enum":["debug","info","warning","error","critical"]},
            "lines":{"type":"integer","minimum":1,"maximum":100000},
            "bytesMax":{"type":"integer","minimum":1,"maximum":67108864},
            "upload":{"type":"object","required":["id","url"],"properties":{
            "id":{"type":"string","maxLength":64},"url":{"type":"string","maxLength":300}}}}}""";
    private static final String CRASH = """
            {"type":"object","required":["upload"],"additionalProperties":false,"properties":{
            "id":{"type":"string","maxLength":64},
            "upload":{"type":"object","required":["id","url"],"properties":{
            "id":{"type":"string","maxLength":64},"url":{"type":"string","maxLength":300},
            "bytesMax":{"type":"integer","minimum":1}}}}}""";
    private static final String SHELL = """
            {"type":"object","required":["session","seconds"],"additionalProperties":false,"properties":{
            "session":{"type":"string","pattern":"^[a-z0-9]{1,40}$"},
            "seconds":{"type":"integer","minimum":1,"maximum":1800},
            "columns":{"type":"integer","minimum":1,"maximum":500},
            "rows":{"type":"integer","minimum":1,"maximum":500}}}""";

    private Actions() {}

    /// The common ones, and the given ones of a product.
    public static List<Action> with(Action... own) {
        return Stream.concat(Stream.of(new Action("ping", "A"), new Action("get_logs", "A", LOGS, 300),
                new Action("get_crash", "A", CRASH, 300), new Action("self_test", "A"),
                new Action("set_interval", "B", INTERVAL, 60),
                new Action("reboot", "C").rebooting(), new Action("factory_reset", "D").rebooting()),
                Stream.of(own)).toList();
    }

    /// These, and a terminal.
    static List<Action> andShell(List<Action> actions) {
        return Stream.concat(actions.stream(), Stream.of(new Action("shell", "D", SHELL, 60))).toList();
    }
}
