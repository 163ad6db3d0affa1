package io.aftercare.simulator.ota;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.simulator.ota.OfferCheck.Facts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Offers by dice beside a model that anybody believes: an offer is taken exactly when nothing is wrong with it, and else
/// refused for one of the things that are.
class TrustPropertyTest {
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final byte[] IMAGE = Signer.image("{}", 100);

    private final KeyHolders people = new KeyHolders();

    @Test
    void anOfferIsTakenExactlyWhenNothingIsWrongWithIt() throws IOException, RefusedException {
        Root root = Root.first(people.signedRoot(people.root(1, "x", "y", "z"), "a", "b"));
        int taken = 0;
        for (long seed = 0; seed < 250; seed++) {
            Dice dice = new Dice(new Random(seed));
            String outcome = outcome(root, dice);
            if (dice.wrong().isEmpty()) {
                assertThat(outcome).as("seed %d: %s", seed, dice).isEqualTo("taken");
                taken++;
            } else {
                assertThat(dice.wrong()).as("seed %d: %s", seed, dice).contains(outcome);
            }
        }
        assertThat(taken).isBetween(10, 240);
    }

    /// What was drawn: mostly nothing wrong, so that single defects meet otherwise good offers.
    private record Dice(List<String> signers, String assigner, String device, boolean old, String hardware,
            boolean expired, long counter, boolean offered, boolean assigned, boolean allowed) {
        Dice(Random random) {
            this(draw(random, List.of("x", "y"), List.of("y", "z"), List.of("x"), List.of("a", "b"),
                    List.of("thief", "x")), draw(random, "online", "online", "thief", "x", ""),
                    draw(random, "LP-1", "LP-1", "LP-2"), random.nextInt(8) == 0,
                    draw(random, "B2", "B2", "B9"), random.nextInt(8) == 0,
                    draw(random, 241L, 240L, 239L, 200L, 100L, 2_000_000L), random.nextBoolean(),
                    random.nextBoolean(), random.nextBoolean());
        }

        @SafeVarargs
        private static <T> T draw(Random random, T first, T... rest) {
            return random.nextInt(3) > 0 ? first : rest[random.nextInt(rest.length)];
        }

        /// The names of everything that is wrong; the device runs 240 and may go back to 200.
        List<String> wrong() {
            List<String> wrong = new ArrayList<>();
            long good = signers.stream().filter(List.of("x", "y", "z")::contains).count();
            add(wrong, good == 0, Attack.ARBITRARY_SOFTWARE);
            add(wrong, good == 1, Attack.KEY_COMPROMISE);
            add(wrong, !assigner.equals("online") || !device.equals("LP-1") || old, Attack.WRONG_SOFTWARE);
            add(wrong, !hardware.equals("B2"), Attack.INCOMPATIBLE_HARDWARE);
            add(wrong, expired, Attack.FREEZE);
            boolean returns = offered && assigned && allowed && counter >= 200;
            add(wrong, counter < 240 && !returns, Attack.ROLLBACK);
            add(wrong, counter > 1_000_240, Attack.FAST_FORWARD);
            return wrong;
        }

        private static void add(List<String> wrong, boolean so, Attack attack) {
            if (so) {
                wrong.add(attack.toString());
            }
        }
    }

    private String outcome(Root root, Dice dice) throws IOException {
        ObjectNode manifest = Signer.manifest("2.4." + dice.counter(), dice.counter(), IMAGE);
        manifest.put("expires", dice.expired() ? "2026-06-01T00:00:00Z" : "2026-07-01T00:00:00Z");
        manifest.putArray("hardware").add(dice.hardware());
        ObjectNode offer = people.offer(manifest, "LP-1").put("revert", dice.offered());
        offer.set("envelope",
                people.signed(Dsse.MANIFEST_TYPE, manifest, dice.signers().toArray(String[]::new)));
        ObjectNode assignment = KeyHolders.assignment(dice.device(), manifest).put("revert", dice.assigned())
                .put("expires", dice.old() ? "2026-06-01T11:00:00Z" : "2026-06-02T00:00:00Z");
        if (dice.assigner().isEmpty()) {
            offer.remove("assignment");
        } else {
            offer.set("assignment", people.signed(Dsse.ASSIGNMENT_TYPE, assignment, dice.assigner()));
        }
        return outcome(root, offer, dice.allowed() ? 200L : null);
    }

    private static String outcome(Root root, ObjectNode offer,
            @Nullable Long revertTo)
            throws IOException {
        try {
            OfferCheck.check(Offer.parse(offer.toString().getBytes(StandardCharsets.UTF_8)),
                    new Trusted.Rooted(root),
                    new Facts("LP-1", "LP-2000", "B2", "2.4.240", 240, revertTo, 240), NOW);
            return "taken";
        } catch (RefusedException e) {
            return e.attack().toString();
        }
    }

    @Test
    void anyChangedBitOfManifestOrAssignmentIsSeen() throws IOException, RefusedException {
        Root root = Root.first(people.signedRoot(people.root(1, "x", "y", "z"), "a", "b"));
        ObjectNode good = people.offer(Signer.manifest("2.4.1", 241, IMAGE), "LP-1");
        assertThat(outcome(root, good, null)).isEqualTo("taken");
        for (String part : List.of("envelope", "assignment")) {
            byte[] payload = Base64.getDecoder().decode(good.path(part).path("payload").asText());
            for (int bit = 0; bit < payload.length * 8; bit += 31) {
                byte[] changed = payload.clone();
                changed[bit / 8] ^= (byte) (1 << bit % 8);
                ObjectNode offer = good.deepCopy();
                ((ObjectNode) offer.get(part)).put("payload", Base64.getEncoder().encodeToString(changed));
                assertThat(outcome(root, offer, null)).as("%s, bit %d", part, bit).isNotEqualTo("taken");
            }
        }
    }
}
