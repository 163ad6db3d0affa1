package io.aftercare.server;

import io.aftercare.diagnostics.engine.EngineConfig;
import io.aftercare.diagnostics.incident.IncidentConfig;
import io.aftercare.fleet.postgres.DatabaseConfig;
import io.aftercare.ingest.mqtt.Allowance;
import io.aftercare.ingest.store.Retention;
import io.aftercare.ota.ddi.DdiConfig;
import io.aftercare.service.ChannelConfig;
import io.aftercare.ota.release.S3Config;
import io.aftercare.remote.RemoteConfig;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Currency;
import java.util.Optional;
import java.util.OptionalInt;

/// The backend's settings, checked. Read in [Main] alone; each feature gets its own part as a record of its own.
///
/// @param httpPort      0 for a free one
/// @param mqttPort      0 for a free one
/// @param doors         the other ways in for devices
/// @param tls           the certificates of the ports with TLS, if there are any
/// @param database      the outside PostgreSQL; empty for the embedded one
/// @param adminPassword password of `admin`; empty for a random one at first start
/// @param deviceAllowance how much one device may publish
/// @param artifacts     a bucket that keeps firmware too
/// @param publicUrl     address that devices download from; empty where a relative one must do
/// @param credentialOverlap how long a device's old token is right beside a new one
/// @param retention     how long what is stored is kept
/// @param incidents     when faults of many devices are one
/// @param engine        bounds of the rule engine
/// @param ddi           how devices are served that speak hawkBit's protocol
/// @param channels      how customers and staff are reached
/// @param currency      of the desk's amounts
/// @param remote        what stands between people and devices
public record Config(int httpPort, int mqttPort, Doors doors, Optional<Tls> tls, String bind,
        Path dataDirectory,
        Optional<DatabaseConfig> database, Optional<String> adminPassword, Allowance deviceAllowance,
        Optional<S3Config> artifacts, Optional<URI> publicUrl, Retention retention,
        Duration credentialOverlap, IncidentConfig incidents,
        EngineConfig engine, DdiConfig ddi, ChannelConfig channels, Currency currency, RemoteConfig remote) {
    private static final int PASSWORD_LENGTH_MIN = 10;
    private static final Duration OVERLAP_MAX = Duration.ofDays(30);

    /// Ways in for devices beside plain MQTT, each by its port where it is wanted.
    ///
    /// @param proxyProtocol whether a proxy says where connections come from
    /// @param perAddressMax connections of one address at once, 0 for no bound
    public record Doors(OptionalInt tls, OptionalInt web, OptionalInt webTls, boolean proxyProtocol,
            int perAddressMax) {
        static Doors from(Settings settings) {
            return new Doors(settings.optionalPort(Setting.MQTTS_PORT),
                    settings.optionalPort(Setting.MQTT_WS_PORT), settings.optionalPort(Setting.MQTT_WSS_PORT),
                    settings.oneOf(Setting.PROXY_PROTOCOL, "off", "on").equals("on"),
                    settings.count(Setting.MQTT_CONNECTIONS_PER_ADDRESS));
        }
    }

    /// TLS for devices: PEM files, and the CA of device certificates for mutual TLS.
    public record Tls(Path certificate, Path key, Optional<Path> clientCa) {}

    static Config from(Settings settings) {
        settings.oneOf(Setting.BUS, "local");
        if (settings.optional(Setting.BROKER_URL).isPresent()) {
            throw settings.wrong(Setting.BROKER_URL,
                    "this version takes telemetry at its own endpoint alone; leave it unset");
        }
        settings.oneOf(Setting.LOG_FORMAT, "text", "json");
        return new Config(settings.port(Setting.HTTP_PORT), settings.port(Setting.MQTT_PORT),
                Doors.from(settings),
                tls(settings),
                bind(settings), Path.of(settings.text(Setting.DATA_DIR)).toAbsolutePath().normalize(),
                database(settings), password(settings), allowance(settings), artifacts(settings),
                publicUrl(settings),
                Retentions.from(settings), overlap(settings), IncidentSettings.from(settings),
                EngineSettings.from(settings), DdiSettings.from(settings),
                ChannelSettings.from(settings, publicUrl(settings)), currency(settings),
                RemoteSettings.from(settings));
    }

    private static Currency currency(Settings settings) {
        String code = settings.text(Setting.CURRENCY);
        return Currency.getAvailableCurrencies().stream().filter(one -> one.getCurrencyCode().equals(code))
                .findFirst().orElseThrow(() -> settings.wrong(Setting.CURRENCY,
                        "a currency code of ISO 4217 is needed, such as CNY or EUR"));
    }

    /// Whether people's browsers come by HTTPS, through a proxy that ends it.
    boolean isPublicByHttps() {
        return publicUrl.map(URI::getScheme).filter("https"::equals).isPresent();
    }

    private static Allowance allowance(Settings settings) {
        return new Allowance(settings.atLeastOne(Setting.DEVICE_MESSAGES_PER_SECOND, 1_000_000_000),
                settings.atLeastOne(Setting.DEVICE_BYTES_PER_SECOND, 1_000_000_000_000L),
                Allowance.DEFAULT.burst());
    }

    private static Optional<Tls> tls(Settings settings) {
        Optional<Path> certificate = settings.readableFile(Setting.TLS_CERT);
        Optional<Path> key = settings.readableFile(Setting.TLS_KEY);
        Optional<Path> clientCa = settings.readableFile(Setting.TLS_CLIENT_CA);
        Setting port = settings.optional(Setting.MQTTS_PORT).isPresent()
                ? Setting.MQTTS_PORT
                : Setting.MQTT_WSS_PORT;
        if (settings.optional(port).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Tls(
                certificate.orElseThrow(() -> settings.wrong(Setting.TLS_CERT,
                        port.variable() + " is set, so a PEM file with the certificate chain is needed")),
                key.orElseThrow(() -> settings.wrong(Setting.TLS_KEY,
                        port.variable() + " is set, so a PEM file with the private key is needed")),
                clientCa));
    }

    private static String bind(Settings settings) {
        String address = settings.text(Setting.BIND);
        try {
            InetAddress.getByName(address);
            return address;
        } catch (UnknownHostException e) {
            throw settings.wrong(Setting.BIND,
                    "an address of this machine is needed, such as 127.0.0.1 or 0.0.0.0");
        }
    }

    private static Optional<DatabaseConfig> database(Settings settings) {
        try {
            return settings.optional(Setting.DATABASE_URL).map(url -> new DatabaseConfig(url,
                    settings.text(Setting.DATABASE_USER), settings.text(Setting.DATABASE_PASSWORD)));
        } catch (IllegalArgumentException e) {
            throw settings.wrong(Setting.DATABASE_URL, String.valueOf(e.getMessage()));
        }
    }

    private static Optional<String> password(Settings settings) {
        Optional<String> password = settings.optional(Setting.ADMIN_PASSWORD);
        if (password.isPresent() && password.get().length() < PASSWORD_LENGTH_MIN) {
            throw settings.wrong(Setting.ADMIN_PASSWORD,
                    "at least " + PASSWORD_LENGTH_MIN + " characters are needed");
        }
        return password;
    }

    private static Duration overlap(Settings settings) {
        try {
            Duration overlap = Duration.parse(settings.text(Setting.CREDENTIAL_OVERLAP));
            if (!overlap.isNegative() && overlap.compareTo(OVERLAP_MAX) <= 0) {
                return overlap;
            }
        } catch (DateTimeException e) {
            throw settings.wrong(Setting.CREDENTIAL_OVERLAP, "a duration such as PT24H is needed");
        }
        throw settings.wrong(Setting.CREDENTIAL_OVERLAP, "PT0S to P30D is needed, such as PT24H");
    }

    private static Optional<S3Config> artifacts(Settings settings) {
        Optional<URI> endpoint = address(settings, Setting.S3_ENDPOINT, "https://minio.example.com:9000");
        try {
            return settings.optional(Setting.ARTIFACTS).map(at -> S3Config.of(at, endpoint,
                    settings.text(Setting.S3_REGION), settings.text(Setting.S3_ACCESS_KEY),
                    settings.text(Setting.S3_SECRET_KEY)));
        } catch (IllegalArgumentException e) {
            throw settings.wrong(Setting.ARTIFACTS, String.valueOf(e.getMessage()));
        }
    }

    private static Optional<URI> publicUrl(Settings settings) {
        return address(settings, Setting.PUBLIC_URL, "https://care.example.com");
    }

    private static Optional<URI> address(Settings settings, Setting setting, String example) {
        String remedy = "an address such as " + example + " is needed";
        try {
            Optional<URI> url = settings.optional(setting).map(URI::create);
            if (url.isPresent() && url.get().getHost() == null) {
                throw settings.wrong(setting, remedy);
            }
            return url;
        } catch (IllegalArgumentException e) {
            throw settings.wrong(setting, remedy);
        }
    }
}
