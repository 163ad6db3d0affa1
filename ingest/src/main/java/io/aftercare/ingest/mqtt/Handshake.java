package io.aftercare.ingest.mqtt;

import io.aftercare.ingest.mqtt.listener.Peer;
import io.aftercare.ingest.mqtt.wire.Credentials;
import io.aftercare.ingest.mqtt.wire.Code;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.device.Devices;
import io.aftercare.fleet.device.MetricDictionary;
import io.aftercare.fleet.device.ModelMetrics;
import io.aftercare.fleet.provision.Provisioning;
import io.aftercare.ingest.thingsboard.Thingsboard;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Who may come in. Blocks on the database, so it runs on virtual threads. Thread-safe.
final class Handshake {
    private static final Logger LOG = LoggerFactory.getLogger(Handshake.class);
    // Hashed for whoever's name is no device id, so that they wait as long as everybody else.
    private static final DeviceId NOBODY = new DeviceId("-");

    private final Devices devices;
    private final MetricDictionary dictionary;
    private final Provisioning provisioning;
    private final Supplier<List<X509Certificate>> authorities;
    private final Thingsboard thingsboard = new Thingsboard();

    /// The answer to a CONNECT.
    sealed interface Admission {
        /// @param dialect how this connection names its topics
        record Admitted(Device device, ModelMetrics metrics, Dialect dialect) implements Admission {}

        record Refused(int code) implements Admission {}
    }

    /// @param authorities whose certificates stand for devices of every product
    Handshake(Devices devices, MetricDictionary dictionary, Provisioning provisioning,
            Supplier<List<X509Certificate>> authorities) {
        this.authorities = authorities;
        this.provisioning = provisioning;
        this.devices = devices;
        this.dictionary = dictionary;
    }

    /// How strangers become devices.
    Provisioning provisioning() {
        return provisioning;
    }

    /// @param peer whose certificate, if it showed one, says who it may be
    Admission admit(Credentials shown, Peer peer) {
        List<String> certified = peer.names();
        if (shown.extendedAuthentication()) {
            return new Admission.Refused(Code.BAD_AUTHENTICATION_METHOD);
        }
        if (shown.clientId().isEmpty() && !shown.v5() && !shown.cleanStart()) {
            return new Admission.Refused(Code.BAD_CLIENT_ID);
        }
        try {
            Optional<Device> device = certified.isEmpty()
                    ? byToken(shown)
                    : byCertificate(peer, shown.user());
            if (device.isEmpty()) {
                return new Admission.Refused(Code.NOT_AUTHORIZED);
            }
            Dialect dialect = isThingsboard(shown, certified)
                    ? thingsboard.dialect(device.get())
                    : new Dialect.Native(prefix(device.get().id()));
            return mayPublishWill(dialect, shown)
                    ? new Admission.Admitted(device.get(), dictionary.of(device.get().model()), dialect)
                    : new Admission.Refused(Code.NOT_AUTHORIZED);
        } catch (RuntimeException e) {
            LOG.warn("A device is refused for now, because it cannot be looked up: {}", e.getMessage());
            return new Admission.Refused(Code.SERVER_UNAVAILABLE);
        }
    }

    // Nothing of ours comes without a password, and a certificate says who it is.
    private static boolean isThingsboard(Credentials shown, List<String> certified) {
        return certified.isEmpty() && shown.password().isEmpty() && !shown.user().isEmpty();
    }

    private Optional<Device> byToken(Credentials shown) {
        if (isThingsboard(shown, List.of())) {
            return devices.byToken(shown.user());
        }
        boolean possible = DeviceId.isSerial(shown.user());
        Optional<Device> found = devices.authenticate(possible ? new DeviceId(shown.user()) : NOBODY,
                shown.password());
        return possible ? found : Optional.empty();
    }

    // A user name says which of the certificate's names is meant; without one it is the first that is a device, or
    // the first of all where a device may be made of it.
    private Optional<Device> byCertificate(Peer peer, String user) {
        List<DeviceId> names = peer.names().stream().filter(name -> user.isEmpty() || user.equals(name))
                .map(DeviceId::new).toList();
        if (names.isEmpty()) {
            return Optional.empty();
        }
        DeviceId chosen = names.stream().filter(name -> devices.find(name).isPresent()).findFirst()
                .orElse(names.getFirst());
        return provisioning.byCertificate(chosen, peer.chain(), authorities.get());
    }

    private static boolean mayPublishWill(Dialect dialect, Credentials shown) {
        return shown.will() == null || dialect.up(shown.will().topic()) != null;
    }

    /// What all topics of a device begin with.
    static String prefix(DeviceId id) {
        return "devices/" + id + "/";
    }
}
