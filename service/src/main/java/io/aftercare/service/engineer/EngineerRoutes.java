package io.aftercare.service.engineer;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Page;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import io.aftercare.fleet.people.Role;
import io.aftercare.service.setting.HouseSetting.Versioned;
import io.aftercare.service.engineer.Engineer.Home;
import io.aftercare.service.engineer.Engineer.Profile;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Engineers by HTTP. Each write is one transaction with its audit entry.
final class EngineerRoutes {
    private final Desk desk;
    private final Jobs jobs;

    EngineerRoutes(Desk desk, Jobs jobs) {
        this.desk = desk;
        this.jobs = jobs;
    }

    void bind(Operations operations) {
        operations.on("createEngineer", this::create).on("listEngineers", this::list)
                .on("getEngineer", this::get).on("editEngineer", this::edit)
                .on("getEngineerSettings", this::settings).on("putEngineerSettings", this::change);
    }

    private record New(String name, Level level, List<String> skills, @Nullable String region,
            @Nullable Home home,
            @Nullable Shift shift) {}

    private record Edit(@Nullable Level level, @Nullable List<String> skills, @Nullable String region,
            @Nullable Home home, @Nullable Shift shift, @Nullable Boolean off) {
        boolean isOnlyOff() {
            return level == null && skills == null && region == null && home == null && shift == null;
        }

        Profile on(Profile before) {
            return new Profile(Objects.requireNonNullElse(level, before.level()),
                    Objects.requireNonNullElse(skills, before.skills()),
                    Objects.requireNonNullElse(region, before.region()), home == null ? before.home() : home,
                    Objects.requireNonNullElse(shift, before.shift()));
        }
    }

    /// Somebody as the API shows them.
    ///
    /// @param state `available`, `busy` (on the way to a device, or at work on one) or `off`
    /// @param load  open work orders
    @JsonInclude(JsonInclude.Include.ALWAYS)
    private record View(String name, Level level, List<String> skills, String region, String outlet,
            @Nullable Home home, Shift shift, String state, int load, @Nullable LocalDate trainingDue,
            int version) {}

    private Response create(Request request) {
        New asked = request.body(New.class);
        Instant now = desk.ground().now();
        return desk.ground().database().inTransaction(handle -> {
            EngineerStore.Person person = EngineerStore.person(handle, asked.name())
                    .orElseThrow(() -> Problem.invalid("name", "there is no active user " + asked.name()
                            + " with the role engineer; make one at POST /api/v1/users"));
            Profile profile = new Profile(asked.level(), asked.skills(),
                    Objects.requireNonNullElse(asked.region(), person.region()), asked.home(),
                    Objects.requireNonNullElse(asked.shift(), Shift.ALWAYS));
            LocalDate due = Cadence.due(EngineerSettings.SETTING.of(handle), asked.level(), null,
                    desk.today());
            Engineer made = EngineerStore.insert(handle, asked.name(), person.outlet(), profile, due, now)
                    .orElseThrow(() -> Problem.conflict(asked.name() + " is an engineer already"));
            desk.audit(handle, request, "engineer.create", "engineer/" + made.name(), asked);
            return Response.created("/api/v1/engineers/" + made.name(), view(handle, made))
                    .withVersion(made.version());
        });
    }

    private Response list(Request request) {
        String state = request.query("state").orElse("");
        String skill = request.query("skill").orElse("");
        String region = request.query("region").orElse("");
        String after = Objects.requireNonNullElse(request.cursor(), "");
        return Response.ok(desk.ground().database().inTransaction(handle -> {
            Map<String, Integer> load = jobs.load(handle);
            Set<String> busy = jobs.busy(handle);
            List<View> rows = EngineerStore.all(handle).stream()
                    .filter(one -> request.principal().seesOutlet(one.outlet()))
                    .filter(one -> one.name().compareTo(after) > 0)
                    .filter(one -> skill.isEmpty() || one.profile().skills().contains(skill))
                    .filter(one -> region.isEmpty() || one.profile().region().equals(region))
                    .map(one -> view(one, load, busy))
                    .filter(one -> state.isEmpty() || one.state().equals(state))
                    .limit(request.limit() + 1L).toList();
            return Page.of(rows, request.limit(), View::name);
        }));
    }

    private Response get(Request request) {
        return desk.ground().database().inTransaction(handle -> {
            Engineer one = EngineerStore.find(handle, request.path("name"))
                    .filter(found -> request.principal().seesOutlet(found.outlet()))
                    .orElseThrow(() -> Problem.notFound("engineer", request.path("name")));
            return Response.versioned(view(handle, one), one.version());
        });
    }

    private Response edit(Request request) {
        Edit asked = request.body(Edit.class);
        String name = request.path("name");
        boolean coordinates = request.principal().has(Role.COORDINATOR)
                || request.principal().has(Role.ADMIN);
        if (!coordinates && !(request.principal().name().equals(name) && asked.isOnlyOff())) {
            throw Problem
                    .forbidden("An engineer says here whether they are off; the rest is a coordinator's");
        }
        return desk.ground().database().inTransaction(handle -> {
            Engineer before = EngineerStore.lock(handle, name)
                    .orElseThrow(() -> Problem.notFound("engineer", name));
            Desk.requireVersion(request, "engineer", name, before.version());
            Engineer wanted = before.with(asked.on(before.profile()),
                    Objects.requireNonNullElse(asked.off(), before.off()));
            Engineer after = EngineerStore.update(handle, wanted,
                    TrainingStore.due(handle, name, wanted.profile().level()));
            desk.audit(handle, request, "engineer.edit", "engineer/" + name, asked);
            return Response.versioned(view(handle, after), after.version());
        });
    }

    private Response settings(Request request) {
        Versioned<EngineerSettings> now = desk.ground().database().jdbi()
                .withHandle(EngineerSettings.SETTING::read);
        return Response.versioned(now.value(), now.version());
    }

    private Response change(Request request) {
        EngineerSettings asked = request.body(EngineerSettings.class);
        return desk.ground().database().inTransaction(handle -> {
            EngineerSettings before = EngineerSettings.SETTING.of(handle);
            Versioned<EngineerSettings> after = EngineerSettings.SETTING.write(handle, asked,
                    request.ifMatch());
            for (Engineer one : EngineerStore.all(handle)) {
                TrainingStore.setDue(handle, one.name(),
                        TrainingStore.due(handle, one.name(), one.profile().level()));
            }
            desk.audit(handle, request, "engineer-settings.change", "engineer-settings",
                    Map.of("before", before, "after", asked));
            return Response.versioned(after.value(), after.version());
        });
    }

    private View view(Handle handle, Engineer one) {
        return view(one, jobs.load(handle), jobs.busy(handle));
    }

    private static View view(Engineer one, Map<String, Integer> load, Set<String> busy) {
        Profile profile = one.profile();
        String state = one.off() ? "off" : busy.contains(one.name()) ? "busy" : "available";
        return new View(one.name(), profile.level(), profile.skills(), profile.region(), one.outlet(),
                profile.home(), profile.shift(), state, load.getOrDefault(one.name(), 0), one.trainingDue(),
                one.version());
    }
}
