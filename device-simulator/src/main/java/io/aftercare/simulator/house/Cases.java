package io.aftercare.simulator.house;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.simulator.house.Case.Opened;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.TimeUnit;

/// Lets cases come to the desk, and the desk and the customers do what happens to them.
final class Cases {
    private static final int LOOKS_MAX = 100;

    private final Desk desk;
    private final Afar afar;
    private final Map<String, String> tickets = new LinkedHashMap<>();
    private final Map<String, String> devices = new LinkedHashMap<>();
    private final Map<String, String> links = new LinkedHashMap<>();

    Cases(Desk desk) {
        this.desk = desk;
        this.afar = new Afar(desk);
    }

    void play(Case each) throws IOException, InterruptedException {
        open(each);
        for (Turn turn : each.turns()) {
            play(each.label(), turn);
        }
    }

    private void open(Case each) throws IOException, InterruptedException {
        switch (each.opened()) {
            case Opened.ByFault fault -> keep(each, awaited(fault).path("id").asText(), fault.device());
            case Opened.ByPerson told -> keep(each, desk.post(told.by(), "/tickets", "device",
                    told.device().isEmpty() ? null : told.device(), "title", told.title(), "symptom",
                    told.symptom(), "channel", told.channel(), "contact", contact(told.who()))
                    .path("id").asText(), told.device());
            case Opened.ByForm form -> {
                JsonNode answer = desk.open("/intake", Doc.of("title", form.title(), "symptom",
                        form.symptom(), "serial", form.device(), "name", form.who().name(), "phone",
                        form.who().phone(), "email", form.who().email(), "channel", "web"));
                keep(each, ticketOf(answer.path("number").asText()), form.device());
            }
        }
    }

    private void keep(Case each, String ticket, String device) {
        tickets.put(each.label(), ticket);
        devices.put(each.label(), device);
    }

    private String ticketOf(String number) throws IOException, InterruptedException {
        return desk.get("lin", "/tickets/" + number).path("id").asText();
    }

    private static Map<String, String> contact(Neighbour who) {
        return Map.of("name", who.name(), "phone", who.phone(), "email", who.email());
    }

    /// A fault reaches the desk soon after the sample that showed it, not with it.
    private JsonNode awaited(Opened.ByFault fault) throws IOException, InterruptedException {
        for (int looks = 0; looks < LOOKS_MAX; looks++) {
            for (JsonNode each : desk.get("lin", "/tickets?device=" + fault.device()).path("items")) {
                if (each.path("faultCode").asText().equals(fault.code())) {
                    return each;
                }
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
        throw new IOException("telemetry opened no ticket for " + fault.code() + " of " + fault.device());
    }

    void play(String label, Turn turn) throws IOException, InterruptedException {
        String path = "/tickets/" + ticket(label);
        switch (turn) {
            case Turn.Assign it -> desk.change(it.by(), "PATCH", path, "", "owner", it.owner());
            case Turn.Note it -> desk.post(it.by(), path + "/comments", "text", it.text());
            case Turn.Call it -> desk.post(it.by(), path + "/comments", "text", it.text(), "contact", true);
            case Turn.Letter it -> desk.post(it.by(), path + "/comments", "text", it.text(),
                    "visibility", "public");
            case Turn.Reply it -> desk.open("/customer/" + link(label) + "/messages",
                    Doc.of("text", it.text()));
            case Turn.Judge it -> desk.post(it.by(), path + "/transitions", "to", "assessed", "type",
                    it.type(), "impact", it.impact(), "urgency", it.urgency());
            case Turn.Move it -> {
                var body = Doc.of("to", it.to());
                it.with().forEach(body::put);
                desk.post(it.by(), path + "/transitions", body);
            }
            case Turn.Snooze it -> desk.post(it.by(), path + "/snooze", "until", in(it.hours()), "reason",
                    it.reason());
            case Turn.File it -> desk.postText(it.by(), path + "/attachments?name=" + it.name(),
                    it.content());
            case Turn.Escalate it -> desk.post(it.by(), path + "/escalate", "reason", it.reason());
            case Turn.Merge it -> desk.post(it.by(), path + "/merge", "into", ticket(it.into()), "reason",
                    it.reason());
            case Turn.Related it -> desk.post(it.by(), path + "/links", "to", ticket(it.to()), "kind",
                    "related");
            case Turn.Article it -> desk.post(it.by(), path + "/articles", "article", article(it.title()));
            case Turn.Survey it -> survey(label, it);
            case Turn.FollowUp it -> desk.post(it.by(), "/follow-ups", "kind", it.kind(), "ticket",
                    ticket(label), "reason", it.reason(), "assignee", it.assignee(), "due", in(it.hours()));
            case Turn.Remote it -> afar.reach(ticket(label), device(label), it);
        }
    }

    private void survey(String label, Turn.Survey it) throws IOException, InterruptedException {
        desk.open("/customer/" + link(label) + "/survey", Doc.of("speed", it.scores().get(0), "attitude",
                it.scores().get(1), "effect", it.scores().get(2), "resolution", it.scores().get(3),
                "professionalism", it.scores().get(4), "comment", it.comment()));
    }

    private String article(String title) throws IOException, InterruptedException {
        for (JsonNode each : desk.get("lin", "/articles?limit=100").path("items")) {
            if (each.path("en").path("title").asText().equals(title)) {
                return each.path("id").asText();
            }
        }
        throw new NoSuchElementException("there is no article " + title);
    }

    static String in(int hours) {
        return Instant.now().plus(Duration.ofHours(hours)).toString();
    }

    String ticket(String label) {
        String ticket = tickets.get(label);
        if (ticket == null) {
            throw new NoSuchElementException("there is no case " + label);
        }
        return ticket;
    }

    String device(String label) {
        return devices.getOrDefault(label, "");
    }

    /// The token of the customer's page of a case.
    String link(String label) throws IOException, InterruptedException {
        String known = links.get(label);
        if (known == null) {
            known = desk.post("lin", "/tickets/" + ticket(label) + "/customer-link").path("token").asText();
            links.put(label, known);
        }
        return known;
    }
}
