package io.aftercare.service.knowledge;

import io.aftercare.fleet.audit.Audit;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Page;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import io.aftercare.fleet.people.Principal;
import io.aftercare.fleet.people.Role;
import io.aftercare.service.DeskGround;
import io.aftercare.service.text.Grams;
import io.aftercare.service.ticket.Actor;
import io.aftercare.service.ticket.Cases;
import io.aftercare.service.ticket.Note;
import io.aftercare.service.ticket.Ticket;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Articles by HTTP (`openapi/service/knowledge.yaml`). What is not published yet is seen by those who may write.
final class ArticleRoutes {
    private final DeskGround ground;
    private final Cases cases;

    ArticleRoutes(DeskGround ground, Cases cases) {
        this.ground = ground;
        this.cases = cases;
    }

    private record Move(String to) {}

    private record Used(String article) {}

    void bind(Operations operations) {
        operations.on("writeArticle", this::write).on("listArticles", this::list).on("getArticle", this::get)
                .on("rewriteArticle", this::rewrite).on("moveArticle", this::move)
                .on("listArticleEditions", this::editions).on("useArticle", this::use);
    }

    private Response write(Request request) {
        Article.Draft draft = request.body(Article.Draft.class);
        return ground.database().inTransaction(handle -> {
            Instant now = ground.now();
            long id = ArticleStore.insert(handle, draft, reviseBy(draft, now), request.principal().name(),
                    now);
            Article article = ArticleStore.editions(handle, id).getFirst();
            audit(handle, request, "article.write", article);
            return Response.created("/api/v1/articles/" + id, article).withVersion(article.version());
        });
    }

    private static Instant reviseBy(Article.Draft draft, Instant now) {
        return Objects.requireNonNullElseGet(draft.reviseBy(), () -> now.plus(KnowledgeRoom.REVISE_AFTER));
    }

    private Response list(Request request) {
        String state = request.query("state").orElse("published");
        if (!state.equals("published") && !mayWrite(request.principal())) {
            throw Problem.forbidden("What is not published is seen by those who write articles");
        }
        String plain = Grams.plain(request.query("q").orElse(""));
        if (plain.isEmpty() && request.query("q").isPresent()) {
            return Response.ok(new Page<Article>(List.of(), null)); // punctuation finds nothing
        }
        List<Article> rows = ground.database().jdbi().withHandle(handle -> handle
                .createQuery(ArticleStore.SELECT
                        + """
                                WHERE e.state = :state AND e.grams @> :grams::text[] AND e.plain LIKE :like AND a.id < :before
                                  AND (:code = '' OR :code = ANY(e.codes)) AND (:model = '' OR :model = ANY(e.models))
                                ORDER BY a.id DESC LIMIT :limit""")
                .bind("state", state)
                .bind("grams", Grams.ofQuery(plain).toArray(String[]::new))
                // letters and digits alone, so it holds no wildcard
                .bind("like", "%" + plain + "%").bind("before", request.cursorNumber().orElse(Long.MAX_VALUE))
                .bind("code", request.query("code").orElse(""))
                .bind("model", request.query("model").orElse(""))
                .bind("limit", request.limit() + 1).map((row, _) -> ArticleStore.article(row)).list());
        return Response.ok(Page.of(rows, request.limit(), article -> Long.toString(article.id())));
    }

    private Response get(Request request) {
        Article article = ground.database().jdbi().withHandle(handle -> {
            long id = Long.parseLong(request.path("id"));
            List<Article> editions = ArticleStore.editions(handle, id);
            return ArticleStore.published(handle, id)
                    .or(() -> mayWrite(request.principal())
                            ? editions.stream().findFirst()
                            : Optional.empty())
                    .orElseThrow(() -> Problem.notFound("article", request.path("id")));
        });
        return Response.versioned(article, article.version());
    }

    private Response editions(Request request) {
        List<Article> editions = ground.database().jdbi()
                .withHandle(handle -> ArticleStore.editions(handle, Long.parseLong(request.path("id"))));
        return Response.ok(new Page<>(editions, null));
    }

    private Response rewrite(Request request) {
        Article.Draft draft = request.body(Article.Draft.class);
        int version = request.ifMatch();
        return ground.database().inTransaction(handle -> {
            Article newest = locked(handle, request, version);
            Instant now = ground.now();
            String author = request.principal().name();
            switch (newest.state()) {
                case DRAFT, REVIEWED ->
                    ArticleStore.rewrite(handle, newest.id(), newest.edition(), draft, author, now);
                case PUBLISHED, RETIRED ->
                    ArticleStore.addEdition(handle, newest.id(), newest.edition() + 1, draft, author, now);
            }
            ArticleStore.touch(handle, newest.id(),
                    draft.reviseBy() == null ? newest.reviseBy() : draft.reviseBy());
            return changed(handle, request, "article.rewrite", newest.id());
        });
    }

    private Response move(Request request) {
        String asked = request.body(Move.class).to();
        ArticleState to = ArticleState.parse(asked)
                .orElseThrow(() -> Problem.invalid("to", "there is no state " + asked));
        int version = request.ifMatch();
        return ground.database().inTransaction(handle -> {
            Article newest = locked(handle, request, version);
            Article moving = to == ArticleState.RETIRED
                    ? ArticleStore.published(handle, newest.id()).orElse(newest)
                    : newest;
            moving.refusal(to, request.principal().name()).ifPresent(why -> {
                throw Problem.conflict(why);
            });
            ArticleStore.move(handle, moving, to, request.principal().name(), ground.now());
            ArticleStore.touch(handle, moving.id(), to == ArticleState.PUBLISHED
                    && moving.reviseBy().isBefore(ground.now())
                            ? ground.now().plus(KnowledgeRoom.REVISE_AFTER)
                            : moving.reviseBy());
            return changed(handle, request, "article." + to.text(), moving.id());
        });
    }

    private Response use(Request request) {
        long id = Long.parseLong(request.body(Used.class).article());
        return ground.database().inTransaction(handle -> {
            Ticket ticket = cases.visible(handle, request);
            Article article = ArticleStore.published(handle, id)
                    .orElseThrow(() -> Problem.invalid("article", "there is no published article " + id));
            ArticleStore.use(handle, article, ticket.id(), request.principal().name(), ground.now());
            cases.note(handle, ticket.id(), new Actor(request.principal(), request.address()),
                    new Note(ground.now(), "article", "Used article " + id + ": " + article.en().title(),
                            Json.object().put("article", Long.toString(id)).put("edition",
                                    article.edition()).put("zh", article.zh().title())
                                    .put("en", article.en().title())));
            audit(handle, request, "article.use", article);
            return Response.ok(article);
        });
    }

    private static Article locked(Handle handle, Request request, int version) {
        long id = Long.parseLong(request.path("id"));
        if (!ArticleStore.lock(handle, id)) {
            throw Problem.notFound("article", request.path("id"));
        }
        Article newest = ArticleStore.editions(handle, id).getFirst();
        if (newest.version() != version) {
            throw Problem.staleVersion("article", request.path("id"), newest.version());
        }
        return newest;
    }

    private static Response changed(Handle handle, Request request, String action, long id) {
        Article after = ArticleStore.editions(handle, id).getFirst();
        audit(handle, request, action, after);
        return Response.versioned(after, after.version());
    }

    private static boolean mayWrite(Principal principal) {
        return principal.has(Role.ADMIN) || principal.has(Role.ENGINEER) || principal.has(Role.QUALITY)
                || principal.has(Role.COORDINATOR);
    }

    private static void audit(Handle handle, Request request, String action, Article article) {
        Audit.append(handle, new Audit.Entry(request.principal(), action, "article/" + article.id(),
                Json.object().put("edition", article.edition()).put("state", article.state().text()),
                request.address()));
    }
}
