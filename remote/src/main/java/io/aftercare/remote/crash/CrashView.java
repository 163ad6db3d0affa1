package io.aftercare.remote.crash;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.http.Json;
import java.util.List;

/// Crashes and groups as people see them.
final class CrashView {
    private CrashView() {}

    /// Without its stacks.
    static ObjectNode brief(Crash crash) {
        ObjectNode shown = Json.object().put("id", crash.id()).put("device", crash.device())
                .put("model", crash.model()).put("group", crash.group()).put("at", crash.at().toString())
                .put("receivedAt", crash.receivedAt().toString()).put("firmware", crash.firmware())
                .put("process", crash.report().process()).put("reason", crash.report().reason())
                .put("message", crash.message()).put("state", crash.state().text())
                .put("error", crash.error());
        shown.set("missing", Json.tree(crash.missing()));
        shown.set("dump", dump(crash.dump()));
        return shown.put("version", crash.version());
    }

    private static ObjectNode dump(Crash.Dump dump) {
        return Json.object().put("state", dump.kind() == null ? "none" : dump.kind().text())
                .put("bytes", dump.bytes()).put("sha256", dump.sha256()).put("ticket", dump.ticket());
    }

    /// With its stacks, by name as far as there are names.
    static ObjectNode whole(Crash crash) {
        ObjectNode shown = brief(crash);
        shown.set("threads", Json.tree(crash.threads()));
        ArrayNode modules = shown.putArray("modules");
        for (Report.Module module : crash.report().modules()) {
            modules.addObject().put("name", module.name())
                    .put("buildId", module.buildId() == null ? null : module.buildId().hex())
                    .put("missing",
                            module.buildId() != null && crash.missing().contains(module.buildId().hex()));
        }
        return shown;
    }

    static ObjectNode group(Group group) {
        return Json.object().put("id", group.id()).put("model", group.model()).put("title", group.title())
                .put("process", group.process()).put("module", group.module())
                .put("buildId", group.buildId()).put("firstSeen", group.firstSeen().toString())
                .put("lastSeen", group.lastSeen().toString()).put("crashes", group.crashes())
                .put("devices", group.devices()).put("state", group.standing().state().text())
                .put("assignee", group.standing().assignee())
                .put("resolvedIn", group.standing().resolvedIn())
                .put("regressedIn", group.standing().regressedIn()).put("version", group.version());
    }

    /// A build that crashes have in their stacks and that has no symbols.
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record MissingPage(List<CrashSql.Missing> items) {}
}
