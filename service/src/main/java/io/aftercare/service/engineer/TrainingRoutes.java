package io.aftercare.service.engineer;

import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Page;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The annual plan, each person's training file, and who is due (R58). Each write is one transaction with its audit entry.
final class TrainingRoutes {
    private final Desk desk;

    TrainingRoutes(Desk desk) {
        this.desk = desk;
    }

    void bind(Operations operations) {
        operations.on("planTraining", this::plan).on("listTrainingPlan", this::plans)
                .on("editTrainingPlan", this::edit).on("recordTraining", this::record)
                .on("getTrainingFile", this::file).on("listTrainingsDue", this::due);
    }

    private record NewPlan(int year, int quarter, String topic, @Nullable String audience) {}

    private record EditPlan(String state) {}

    private record NewTaken(List<String> engineers, @Nullable Long plan, String topic, String heldOn,
            BigDecimal hours, String trainer, @Nullable String note) {}

    private record Due(String engineer, Level level, LocalDate due, boolean overdue) {}

    private Response plan(Request request) {
        NewPlan asked = request.body(NewPlan.class);
        return desk.ground().database().inTransaction(handle -> {
            TrainingStore.Plan made = TrainingStore.plan(handle, asked.year(), asked.quarter(),
                    asked.topic().strip(), Objects.requireNonNullElse(asked.audience(), "all"),
                    request.principal().name(), desk.ground().now());
            desk.audit(handle, request, "training.plan", "training-plan/" + made.id(), asked);
            return Response.created("/api/v1/training-plan?year=" + made.year(), made)
                    .withVersion(made.version());
        });
    }

    private Response plans(Request request) {
        int year = request.queryNumber("year").orElse(desk.today().getYear());
        return Response.ok(Desk.items(
                desk.ground().database().jdbi().withHandle(handle -> TrainingStore.plans(handle, year))));
    }

    private Response edit(Request request) {
        long id = Desk.number(request, "training");
        String state = request.body(EditPlan.class).state();
        return desk.ground().database().inTransaction(handle -> {
            TrainingStore.Plan before = TrainingStore.lockPlan(handle, id)
                    .orElseThrow(() -> Problem.notFound("training", request.path("id")));
            Desk.requireVersion(request, "training", Long.toString(id), before.version());
            if (!before.state().equals("planned")) {
                throw Problem.conflict("The training is " + before.state() + "; that is final");
            }
            TrainingStore.Plan after = TrainingStore.move(handle, before, state);
            desk.audit(handle, request, "training." + state, "training-plan/" + id, before);
            return Response.versioned(after, after.version());
        });
    }

    private Response record(Request request) {
        NewTaken asked = request.body(NewTaken.class);
        LocalDate heldOn = Desk.day("heldOn", asked.heldOn());
        if (heldOn.isAfter(desk.today())) {
            throw Problem.invalid("heldOn",
                    "a training is recorded when it was held; plan it at /training-plan");
        }
        return desk.ground().database().inTransaction(handle -> {
            Long plan = asked.plan();
            if (plan != null && TrainingStore.lockPlan(handle, plan).isEmpty()) {
                throw Problem.invalid("plan", "there is no planned training " + plan);
            }
            List<TrainingStore.Taken> taken = asked.engineers().stream().distinct().sorted().map(name -> {
                Engineer one = EngineerStore.lock(handle, name)
                        .orElseThrow(() -> Problem.invalid("engineers", "there is no engineer " + name));
                TrainingStore.Taken entry = TrainingStore.take(handle, new TrainingStore.Taken(0, name, plan,
                        asked.topic().strip(), heldOn, asked.hours(), asked.trainer().strip(),
                        Objects.requireNonNullElse(asked.note(), "")), request.principal().name(),
                        desk.ground().now());
                TrainingStore.setDue(handle, name, TrainingStore.due(handle, name, one.profile().level()));
                return entry;
            }).toList();
            desk.audit(handle, request, "training.record", "training-file", asked);
            return Response.created("/api/v1/training-plan", Desk.items(taken));
        });
    }

    private Response file(Request request) {
        long before = request.cursorNumber().orElse(Long.MAX_VALUE);
        return Response.ok(desk.ground().database().inTransaction(handle -> {
            Engineer one = EngineerStore.find(handle, request.path("name"))
                    .filter(found -> request.principal().seesOutlet(found.outlet()))
                    .orElseThrow(() -> Problem.notFound("engineer", request.path("name")));
            return Page.of(TrainingStore.file(handle, one.name(), before, request.limit() + 1),
                    request.limit(), taken -> Long.toString(taken.id()));
        }));
    }

    private Response due(Request request) {
        LocalDate by = request.query("by").map(text -> Desk.day("by", text))
                .orElse(desk.today().plusMonths(3));
        List<Due> due = desk.ground().database().jdbi().withHandle(EngineerStore::all).stream()
                .filter(one -> request.principal().seesOutlet(one.outlet()))
                .flatMap(one -> one.trainingDue() == null || one.trainingDue().isAfter(by)
                        ? Stream.<Due>empty()
                        : Stream.of(new Due(one.name(), one.profile().level(), one.trainingDue(),
                                one.trainingDue().isBefore(desk.today()))))
                .sorted(Comparator.comparing(Due::due).thenComparing(Due::engineer)).toList();
        return Response.ok(Desk.items(due));
    }
}
