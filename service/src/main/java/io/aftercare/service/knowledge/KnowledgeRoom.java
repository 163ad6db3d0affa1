package io.aftercare.service.knowledge;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.aftercare.fleet.background.BackgroundLoop;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.http.Operations;
import io.aftercare.service.DeskGround;
import io.aftercare.service.Room;
import io.aftercare.service.ticket.Actor;
import io.aftercare.service.ticket.Cases;
import io.aftercare.service.ticket.Signal;
import io.aftercare.service.ticket.Ticket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Knowledge, wired.
public final class KnowledgeRoom implements Room {
    /// When something that is written has to be looked through again, unless its author says so otherwise.
    static final Duration REVISE_AFTER = Duration.ofDays(365);
    private static final int SUGGESTED_MAX = 5;

    private final DeskGround ground;
    private final ArticleRoutes articles;
    private final CannedAnswers answers;
    private final Revisions revisions;
    private final FeedbackRoutes feedback;
    private final BackgroundLoop loop;

    /// @param every how often what has to be revised is looked for
    public KnowledgeRoom(DeskGround ground, Cases cases, Duration every) {
        this.ground = ground;
        this.articles = new ArticleRoutes(ground, cases);
        this.answers = new CannedAnswers(ground, cases);
        this.revisions = new Revisions(ground);
        this.feedback = new FeedbackRoutes(ground);
        this.loop = new BackgroundLoop("revisions-due", every, revisions::remind);
        cases.listen(KnowledgeRoom::changed);
        cases.show("articles", (handle, ticket, _) -> shown(handle, ticket));
    }

    /// An article as a case shows it.
    @JsonInclude(JsonInclude.Include.ALWAYS)
    private record Shown(String id, String zh, String en, int uses, @Nullable Double solveRate,
            boolean used) {
        static Shown of(Article article, boolean used) {
            return new Shown(Long.toString(article.id()), article.zh().title(), article.en().title(),
                    article.uses(),
                    article.solveRate(), used);
        }
    }

    @Override
    public void bind(Operations operations) {
        articles.bind(operations);
        answers.bind(operations);
        revisions.bind(operations);
        feedback.bind(operations);
    }

    @Override
    public List<BackgroundLoop> loops() {
        return List.of(loop);
    }

    private static void changed(Handle handle, @Nullable Ticket before, Ticket after, Actor actor) {
        if (before != null && before.state().isSolved() && after.state().isOpen()) {
            ArticleStore.reopened(handle, after.id());
        }
    }

    // What was used for the case, and then what may help.
    private List<Shown> shown(Handle handle, Ticket ticket) {
        Signal signal = ticket.signal();
        String model = Optional.ofNullable(ticket.report().device()).flatMap(ground.devices()::find)
                .map(Device::model).orElse("");
        List<Long> used = ArticleStore.used(handle, ticket.id());
        Map<Long, Shown> all = new LinkedHashMap<>();
        used.stream().map(id -> ArticleStore.published(handle, id)).flatMap(Optional::stream)
                .forEach(article -> all.put(article.id(), Shown.of(article, true)));
        ArticleStore.suggested(handle, signal == null ? "" : signal.code(), model, SUGGESTED_MAX)
                .forEach(article -> all.putIfAbsent(article.id(), Shown.of(article, false)));
        return new ArrayList<>(all.values());
    }
}
