package io.aftercare.service.quality;

import io.aftercare.fleet.audit.Audit;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import io.aftercare.service.DeskGround;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Checks of samples by HTTP (R61).
final class CheckRoutes {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int SIZE_DEFAULT = 10;

    private final DeskGround ground;

    CheckRoutes(DeskGround ground) {
        this.ground = ground;
    }

    void bind(Operations operations) {
        operations.on("addQualityCheck", this::add).on("listQualityChecks", this::list)
                .on("drawQualitySample", this::draw).on("listQualitySamples", this::samples);
    }

    private record Add(String kind, @Nullable Instant at, @Nullable String sample, @Nullable String ticket,
            @Nullable String outlet, @Nullable String person, Map<String, Integer> scores,
            @Nullable String comment) {}

    private record Draw(@Nullable String of, @Nullable Instant from, @Nullable Instant to,
            @Nullable String batch,
            @Nullable Integer size, @Nullable Long seed) {}

    private Response add(Request request) {
        Add asked = request.body(Add.class);
        return ground.database().inTransaction(handle -> {
            QualityChecks.Check made = QualityChecks.add(handle, new QualityChecks.NewCheck(asked.kind(),
                    Objects.requireNonNullElseGet(asked.at(), ground::now), request.principal().name(),
                    sample(handle, asked), ticket(handle, asked),
                    Objects.requireNonNullElse(asked.outlet(), ""),
                    Objects.requireNonNullElse(asked.person(), ""), asked.scores(),
                    Objects.requireNonNullElse(asked.comment(), "")));
            Audit.append(handle, new Audit.Entry(request.principal(), "quality-check.add",
                    "quality-check/" + made.id(), Json.object().put("kind", made.kind())
                            .put("outlet", made.outlet()).put("person", made.person())
                            .put("mean", made.mean()),
                    request.address()));
            return new Response(201, made, Map.of());
        });
    }

    private Response list(Request request) {
        return Response
                .ok(ground.database().jdbi().withHandle(handle -> QualityChecks.list(handle, request)));
    }

    private Response draw(Request request) {
        Draw asked = request.body(Draw.class);
        Instant now = ground.now();
        long seed = Objects.requireNonNullElseGet(asked.seed(),
                () -> (long) RANDOM.nextInt(Integer.MAX_VALUE));
        QualityChecks.Draw draw = new QualityChecks.Draw(Objects.requireNonNullElse(asked.of(), "tickets"),
                Objects.requireNonNullElse(asked.from(), Instant.EPOCH),
                Objects.requireNonNullElse(asked.to(), now.plusSeconds(1)),
                Objects.requireNonNullElse(asked.batch(), ""),
                Objects.requireNonNullElse(asked.size(), SIZE_DEFAULT), seed);
        return ground.database().inTransaction(handle -> {
            QualityChecks.Sample made = QualityChecks.draw(handle, draw, request.principal().name(), now);
            Audit.append(handle, new Audit.Entry(request.principal(), "quality-sample.draw",
                    "quality-sample/" + made.id(), Json.object().put("of", made.of()).put("seed", made.seed())
                            .put("population", made.population()).put("drawn", made.drawn().size()),
                    request.address()));
            return new Response(201, made, Map.of());
        });
    }

    private Response samples(Request request) {
        return Response
                .ok(ground.database().jdbi().withHandle(handle -> QualityChecks.samples(handle, request)));
    }

    private static @Nullable Long sample(Handle handle, Add asked) {
        if (asked.sample() == null) {
            return null;
        }
        Long id = number(asked.sample());
        QualityChecks.Sample sample = id == null ? null : QualityChecks.sample(handle, id).orElse(null);
        if (sample == null) {
            throw Problem.invalid("sample", "there is no sample " + asked.sample());
        }
        if (asked.ticket() != null && !sample.drawn().contains(asked.ticket())) {
            throw Problem.invalid("ticket", "the sample did not draw case " + asked.ticket());
        }
        return id;
    }

    private static @Nullable Long ticket(Handle handle, Add asked) {
        if (asked.ticket() == null) {
            return null;
        }
        Long id = number(asked.ticket());
        boolean known = id != null && handle.createQuery("SELECT count(*) FROM service.ticket WHERE id = :id")
                .bind("id", id).mapTo(Integer.class).one() == 1;
        if (!known) {
            throw Problem.invalid("ticket", "there is no case with the id " + asked.ticket());
        }
        return id;
    }

    private static @Nullable Long number(String text) {
        return text.matches("[0-9]{1,18}") ? Long.valueOf(text) : null;
    }
}
