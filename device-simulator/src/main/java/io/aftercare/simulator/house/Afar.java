package io.aftercare.simulator.house;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.NoSuchElementException;

/// What the desk does with devices from afar, and what it asks their owners before.
final class Afar {
    private final Desk desk;

    Afar(Desk desk) {
        this.desk = desk;
    }

    void reach(String ticket, String device, Turn.Remote turn)
            throws IOException, InterruptedException {
        String path = "/tickets/" + ticket;
        String devicePath = "/devices/" + device;
        switch (turn) {
            case Turn.AskRemote it -> desk.post(it.by(), path + "/remote-consents", "purposes",
                    it.purposes(), "why", it.why());
            case Turn.AnswerRemote it -> {
                for (JsonNode asked : desk.get(it.by(), path + "/remote-consents").path("items")) {
                    if (asked.path("state").asText().equals("asked")) {
                        answer(path + "/remote-consents/" + asked.path("id").asText(), asked, it);
                    }
                }
            }
            case Turn.Act it -> desk.post(it.by(), devicePath + "/actions", "action", it.action(), "ticket",
                    ticket, "why", it.why(), "confirm", it.confirm() ? device : null);
            case Turn.Refused it -> desk.refused(it.by(), devicePath + "/actions",
                    Doc.of("action", it.action(), "ticket", ticket, "why", it.why()));
            case Turn.Logs it -> desk.post(it.by(), devicePath + "/logs", "why", it.why(), "ticket",
                    ticket, "lines", 500);
            case Turn.Run it -> desk.post(it.by(), path + "/runbooks", "runbook", runbook(it.runbook()));
        }
    }

    private void answer(String question, JsonNode asked, Turn.AnswerRemote it)
            throws IOException, InterruptedException {
        desk.changeSeen(it.by(), asked, "POST", question + "/answer", "given", it.given(), "channel", "phone",
                "note",
                it.note(), "language", "zh");
    }

    private String runbook(String name) throws IOException, InterruptedException {
        for (JsonNode each : desk.get("lin", "/runbooks?limit=100").path("items")) {
            if (each.path("name").asText().equals(name)) {
                return each.path("id").asText();
            }
        }
        throw new NoSuchElementException("there is no runbook " + name);
    }
}
