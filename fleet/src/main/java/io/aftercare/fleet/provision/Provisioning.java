package io.aftercare.fleet.provision;

import io.aftercare.fleet.audit.Audit;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.device.DeviceToken;
import io.aftercare.fleet.device.Devices;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.people.LoginLimits;
import io.aftercare.fleet.people.Principal;
import io.aftercare.fleet.postgres.Database;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Devices that register themselves: with a product's key and secret, or with a certificate of a product's authority. Each
/// registration is audited in its own transaction. Who guesses at one address is made to wait. Thread-safe; blocks.
public final class Provisioning {
    private static final Logger LOG = LoggerFactory.getLogger(Provisioning.class);
    private static final int FREE_ATTEMPTS = 10;
    private static final byte[] NOBODY = new byte[32];

    private final Database database;
    private final Devices devices;
    private final InstantSource clock;
    private final LoginLimits limits;

    /// What a device asks.
    ///
    /// @param address where it asks from
    public record Wish(String id, String key, String secret, String address) {}

    /// What it is told.
    public sealed interface Outcome {
        /// It is registered; the token is told this once.
        record Given(DeviceId id, DeviceToken token) implements Outcome {}

        /// Key or secret are wrong, or the key is used up, over or switched off: not said which.
        record Refused() implements Outcome {}

        /// The device is there already, and has used its token; or it should have been there.
        record Unfit(String reason) implements Outcome {}

        /// Too many wrong attempts.
        record Wait(Duration time) implements Outcome {}
    }

    public Provisioning(Database database, Devices devices, InstantSource clock) {
        this.database = database;
        this.devices = devices;
        this.clock = clock;
        this.limits = new LoginLimits(clock, FREE_ATTEMPTS);
    }

    /// Registers a device by its product's key. A device that lost the answer asks again: until its first login it is given
    /// another token.
    public Outcome provision(Wish wish) {
        if (!DeviceId.isSerial(wish.id())) {
            return new Outcome.Unfit("a device id has 1 to 64 characters of A-Z a-z 0-9 . _ -");
        }
        Optional<Duration> wait = limits.attempt(wish.address());
        if (wait.isPresent()) {
            return new Outcome.Wait(wait.get());
        }
        DeviceId id = new DeviceId(wish.id());
        Outcome outcome = database.inTransaction(handle -> provision(handle, wish, id));
        switch (outcome) {
            case Outcome.Given _ -> {
                limits.succeeded(wish.address());
                devices.refresh(id);
            }
            case Outcome.Unfit _ -> limits.succeeded(wish.address());
            case Outcome.Refused _, Outcome.Wait _ ->
                LOG.info("{} may not register itself from {}", id, wish.address());
        }
        return outcome;
    }

    private Outcome provision(Handle handle, Wish wish, DeviceId id) {
        byte[] shown = new DeviceToken(wish.secret()).hash();
        byte[] expected = ProductKeys.secretHash(handle, wish.key()).orElse(NOBODY);
        boolean right = MessageDigest.isEqual(shown, expected);
        Optional<ProductKey> key = right ? ProductKeys.lock(handle, wish.key()) : Optional.empty();
        if (key.isEmpty()) {
            return new Outcome.Refused();
        }
        boolean again = Registering.isUnused(handle, id, key.get().model());
        Instant now = clock.instant();
        if (again ? !key.get().isGood(now) : !key.get().isOpen(now)) {
            return new Outcome.Refused();
        }
        return admit(handle, key.get(), wish, id, again);
    }

    private static Outcome admit(Handle handle, ProductKey key, Wish wish, DeviceId id, boolean again) {
        DeviceToken token = DeviceToken.random();
        boolean given = again || key.knownOnly()
                ? Registering.giveToken(handle, id, key.model(), token, !again)
                : Registering.create(handle, id, key.model(), token, false);
        if (!given) {
            return new Outcome.Unfit(key.knownOnly()
                    ? "this device is not registered, or has its token already"
                    : "this device is registered already; somebody has to give it a new token");
        }
        if (!again) {
            ProductKeys.count(handle, key.key());
        }
        audit(handle, id, "device.provision", key.key(), wish.address());
        return new Outcome.Given(id, token);
    }

    /// The device of a certificate that the TLS handshake has verified: found, or created where an authority registered for
    /// a product vouches for it. A product's authority opens that product's devices alone, and one that was removed none.
    ///
    /// @param id    the device's name in the certificate
    /// @param chain as the device showed it, its own certificate first
    /// @param any   authorities that vouch for devices of every product
    public Optional<Device> byCertificate(DeviceId id, List<X509Certificate> chain,
            Collection<X509Certificate> any) {
        List<Authority> signers = signers(chain);
        Optional<Device> found = devices.find(id);
        if (signers.isEmpty()) {
            return Chains.anchor(chain, any).isPresent()
                    ? found.filter(Device::mayConnect)
                    : Optional.empty();
        }
        if (found.isPresent()) {
            return found.filter(Device::mayConnect).filter(device -> signers.stream()
                    .anyMatch(signer -> signer.enabled() && signer.model().equals(device.model())));
        }
        return signers.stream().filter(Authority::isOpen).findFirst().flatMap(signer -> create(id, signer));
    }

    // More than one where an authority has a certificate anew with its old key.
    private List<Authority> signers(List<X509Certificate> chain) {
        List<Authority> all = database.jdbi().withHandle(Authorities::all);
        return Chains.anchor(chain, all.stream().map(Authority::certificate).toList())
                .map(anchor -> all.stream().filter(authority -> authority.isSame(anchor)).toList())
                .orElse(List.of());
    }

    /// The authorities of all products, for the TLS handshake; blocks.
    public List<X509Certificate> authorities() {
        return database.jdbi().withHandle(Authorities::all).stream().filter(Authority::enabled)
                .map(Authority::certificate).toList();
    }

    private Optional<Device> create(DeviceId id, Authority signer) {
        boolean made = database.inTransaction(handle -> {
            if (!Authorities.count(handle, signer.fingerprint())
                    || !Registering.create(handle, id, signer.model(), DeviceToken.random(), true)) {
                handle.rollback();
                return false;
            }
            audit(handle, id, "device.provision", signer.subject(), "");
            return true;
        });
        return made ? devices.refresh(id) : devices.find(id).filter(Device::mayConnect);
    }

    private static void audit(Handle handle, DeviceId id, String action, String by, String address) {
        Principal actor = new Principal("device " + id, Set.of(), "", "");
        Audit.append(handle, new Audit.Entry(actor, action, "device/" + id, Json.object().put("by", by),
                address));
    }
}
