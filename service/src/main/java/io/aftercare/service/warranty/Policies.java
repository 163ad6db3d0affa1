package io.aftercare.service.warranty;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.audit.Audit;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Problem.FieldError;
import io.aftercare.fleet.people.Principal;
import io.aftercare.service.DeskGround;
import io.aftercare.service.warranty.PolicyStore.Version;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Saves policies, each change as a version of its own, and says what they leave open. Thread-safe; blocks.
final class Policies {
    /// What a new installation begins with; people change, replace or withdraw them.
    private static final List<String> GIVEN = List.of("handbook", "cn-three-guarantees", "eu-conformity");

    private final DeskGround ground;

    Policies(DeskGround ground) {
        this.ground = ground;
    }

    /// A model and region of which there are devices and no policy.
    record Gap(String model, String region, long devices) {}

    /// Puts the given policies where there is nothing of that name, once for all processes.
    void give() {
        ground.database().useTransaction(handle -> {
            PolicyStore.lock(handle);
            for (String id : GIVEN) {
                if (PolicyStore.newest(handle, id).isEmpty()) {
                    save(handle, Principal.SYSTEM, "", id, given(id), Optional.empty());
                }
            }
        });
    }

    /// Adds the next version.
    ///
    /// @param expected the version that the sender saw, empty where it makes a new policy
    Version save(Handle handle, Principal actor, String address, String id, JsonNode document,
            Optional<Integer> expected) {
        PolicyStore.lock(handle);
        int version = next(handle, id, expected);
        switch (PolicyReader.read(id, version, document)) {
            case PolicyReader.Reading.Faulty faulty -> throw Problem.invalid(
                    "The warranty policy has " + faulty.errors().size() + " faults", faulty.errors());
            case PolicyReader.Reading.Sound sound -> requireAlone(handle, sound.policy());
        }
        Version saved = new Version(id, version, false, document, actor.name(), ground.now());
        return write(handle, actor, address, saved, "warranty-policy.save");
    }

    /// Takes a policy out of use. What it decided stays told; its versions stay.
    Version withdraw(Handle handle, Principal actor, String address, String id, int expected) {
        PolicyStore.lock(handle);
        Version before = PolicyStore.newest(handle, id)
                .orElseThrow(() -> Problem.notFound("warranty policy", id));
        int version = next(handle, id, Optional.of(expected));
        Version last = new Version(id, version, true, before.document(), actor.name(), ground.now());
        return write(handle, actor, address, last, "warranty-policy.withdraw");
    }

    /// Models with devices, or without any yet, that no policy is for.
    List<Gap> gaps(Handle handle) {
        PolicyBook book = PolicyBook.of(PolicyStore.all(handle));
        return handle.createQuery("""
                SELECT p.model, coalesce(d.region, ''), count(d.id), p.document #>> '{warranty,policy}'
                FROM fleet.product p LEFT JOIN fleet.device d ON d.model = p.model
                GROUP BY p.model, coalesce(d.region, ''), p.document #>> '{warranty,policy}' ORDER BY 1, 2""")
                .map((row, _) -> {
                    Gap gap = new Gap(row.getString(1), row.getString(2), row.getLong(3));
                    return isMeant(book, gap, row.getString(4))
                            ? Optional.<Gap>empty()
                            : Optional.of(gap);
                }).list().stream().flatMap(Optional::stream).toList();
    }

    private static boolean isMeant(PolicyBook book, Gap gap, @Nullable String named) {
        return book.choose(gap.model(), gap.region(), "", named, Facts.Origin.UNKNOWN).isPresent();
    }

    private static void requireAlone(Handle handle, WarrantyPolicy policy) {
        List<String> ties = PolicyBook.of(PolicyStore.all(handle)).ties(policy);
        if (!ties.isEmpty()) {
            throw Problem.invalid("The scope is that of another policy", List.of(new FieldError("scope",
                    "names devices as closely as " + String.join(", ", ties)
                            + " does; nothing would say which is for them")));
        }
    }

    private static int next(Handle handle, String id, Optional<Integer> expected) {
        int current = PolicyStore.newest(handle, id).map(Version::version).orElse(0);
        if (current != 0 && expected.isEmpty()) {
            throw Problem.of(428, "Version needed", "There is a warranty policy " + id
                    + " already; send If-Match with its ETag to change it");
        }
        if (expected.isPresent() && expected.get() != current) {
            throw Problem.staleVersion("warranty policy", id, current);
        }
        return current + 1;
    }

    private static Version write(Handle handle, Principal actor, String address, Version version,
            String action) {
        PolicyStore.insert(handle, version);
        Audit.append(handle, new Audit.Entry(actor, action, "warranty-policy/" + version.id(),
                Json.object().put("version", version.version()), address));
        return version;
    }

    static JsonNode given(String id) {
        try (InputStream in = Policies.class.getResourceAsStream("/warranty/" + id + ".json")) {
            if (in == null) {
                throw new IllegalStateException("warranty/" + id + ".json is not on the class path");
            }
            return Json.mapper().readTree(in);
        } catch (IOException e) {
            throw new IllegalStateException("warranty/" + id + ".json", e);
        }
    }
}
