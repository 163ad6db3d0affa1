package io.aftercare.server;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// Every setting: an environment variable, or the same name in the configuration file without `AFTERCARE_` and with
/// small letters and hyphens (`http-port`). `--help` and the errors speak from this list.
enum Setting {
    HTTP_PORT("8080", "port of the staff's API and console; 0 picks a free one"),
    MQTT_PORT("1883", "port for devices; 0 picks a free one"),
    MQTTS_PORT("", "port for devices over TLS; needs TLS_CERT and TLS_KEY"),
    MQTT_WS_PORT("", "port for devices over WebSocket, at /mqtt"),
    MQTT_WSS_PORT("", "port for devices over WebSocket with TLS, at /mqtt; needs TLS_CERT and TLS_KEY"),
    PROXY_PROTOCOL("off",
            "on: a proxy before the device ports tells by the PROXY protocol where connections come from"),
    MQTT_CONNECTIONS_PER_ADDRESS("0", "connections of devices from one address at once; 0: no bound"),
    TLS_CERT("", "PEM file with the certificate chain"),
    TLS_KEY("", "PEM file with the certificate's private key"),
    TLS_CLIENT_CA("",
            "PEM file with the CA of device certificates: mutual TLS, the CN or an alternative name is the device id"),
    BIND("127.0.0.1", "address to listen on"),
    DATA_DIR("./data", "folder for firmware, and for the embedded PostgreSQL"),
    DATABASE_URL("", "JDBC URL of an outside PostgreSQL; empty: the embedded one"),
    DATABASE_USER("", "who connects to the outside PostgreSQL"),
    DATABASE_PASSWORD("", "that user's password"),
    ADMIN_PASSWORD("", "password of the user admin; empty: a random one is printed at first start"),
    BUS("local", "local: one process"),
    BROKER_URL("", "leave empty: this version takes telemetry at its own endpoint alone"),
    ARTIFACTS("",
            "where firmware is kept beside the data folder, such as s3://bucket/prefix; empty: nowhere"),
    S3_ENDPOINT("",
            "address of a service that speaks S3, such as https://minio.example.com:9000; empty: Amazon's"),
    S3_REGION("us-east-1", "region of the bucket"),
    S3_ACCESS_KEY("", "access key of the bucket; empty: the platform's own credentials"),
    S3_SECRET_KEY("", "its secret key"),
    PUBLIC_URL("", "address under which devices reach the HTTP port, such as https://care.example.com"),
    DEVICE_MESSAGES_PER_SECOND("20000",
            "what one device may publish in the long run; beyond it the device has to wait"),
    DEVICE_BYTES_PER_SECOND("16777216", "the same in bytes"),
    LOG_FORMAT("text", "text or json"),
    RETENTION_RAW("P90D", "how long samples are kept as they came"),
    RETENTION_MINUTES("P400D", "how long their sums by minute are kept"),
    RETENTION_HOURS("P1830D", "how long their sums by hour are kept"),
    RETENTION_DAYS("P3660D", "how long their sums by day are kept"),
    RETENTION_EVENTS("P400D", "how long devices' events are kept"),
    RETENTION_CONNECTIVITY("P90D", "how long connects and disconnects are kept"),
    RETENTION_ATTRIBUTES("P400D", "how long changes of text values are kept"),
    RETENTION_QUARANTINE("P30D", "how long messages that were not understood are kept"),
    COMPRESS_AFTER("P1D",
            "how long after a day's end (UTC) its samples are compressed; never for not at all"),
    INCIDENT_DEVICES("5",
            "how many devices with the same firmware (batch, hardware, region) and the same fault are an incident"),
    INCIDENT_SHARE("0.01", "and which share of the devices with that firmware, from 0 to 1"),
    INCIDENT_WINDOW("PT1H", "within what time, by the devices' clocks, such as PT1H"),
    RULE_LATE("PT10M", "how late a sample or event may come and still go into rules' windows, at most PT24H"),
    SILENCE_GRACE("PT2M",
            "how long devices have to come back after a start, or an outage of the database, before silence is theirs, at most PT1H"),
    RULE_BUDGET("5000",
            "nanoseconds that a rule may take for a sample, on average, before the log and the metrics name it"),
    CREDENTIAL_OVERLAP("PT0S",
            "how long a device's old token is right beside a new one, unless the new one is used, such as PT24H; PT0S: not at all"),
    DDI_GATEWAY_TOKEN("", "who shows it speaks for every device that polls as hawkBit's do; empty: nobody"),
    DDI_PRODUCT("", "model of unknown devices that come with the gateway token; empty: they are not let in"),
    DDI_POLL("PT5M", "how often devices that poll are told to, from PT30S to PT23H59M59S"),
    DDI_PROOF("version",
            "what shows that a polling device runs a release: version, it states it; closed, its word where it never states one"),
    SMTP_URL("",
            "where letters are handed over, such as smtp://user:password@mail.example.com:587; empty: letters are held back"),
    IMAP_URL("", "where letters are fetched, such as imaps://user:password@mail.example.com; empty: nowhere"),
    MAIL_FROM("service@localhost", "the desk's own address"),
    DESK_NAME("Aftercare", "name of the desk, as letters are signed"),
    DESK_ZONE("UTC", "in whose time letters speak, such as Asia/Shanghai"),
    QUIET_HOURS("", "when customers are not written to, such as 22:00-08:00; empty: never"),
    WEBHOOKS_PRIVATE("off", "on: webhooks may be sent within one's own network, and by plain HTTP"),
    RETENTION_CRASHES("P90D", "how long devices' crashes and their dumps are kept"),
    SYMBOLIZER("", "path of llvm-symbolizer or addr2line; empty: the first that is installed"),
    REMOTE_CONSENT("where-asked",
            "where-asked: a customer who was never asked is in the way of a remote action only where the product says so; always: what changes something needs consent"),
    REMOTE_ACTIONS_PER_DEVICE("20", "remote actions a minute for one device"),
    REMOTE_ACTIONS_PER_PERSON("120", "remote actions a minute that one person asks for by hand"),
    REMOTE_ACTIONS_PER_FLEET("1200", "remote actions a minute for all devices together"),
    REMOTE_DEVICES_ALONE("10",
            "devices that one person may have acted upon within an hour by fleet actions that nobody else approves"),
    REMOTE_BOOSTS("50", "devices that sample faster at a time, because somebody looks on"),
    REMOTE_DEVICE_BYTES("268435456", "bytes that one device may have uploaded here"),
    REMOTE_BYTES("21474836480", "bytes that all devices together may have uploaded here"),
    REMOTE_SHELL("off",
            "on: people may ask for a shell on devices of products whose document says so, with consent and a second person's approval"),
    CURRENCY("CNY", "currency of the desk's amounts, a code of ISO 4217");

    private static final String PREFIX = "AFTERCARE_";

    private final String standard;
    private final String help;

    Setting(String standard, String help) {
        this.standard = standard;
        this.help = help;
    }

    /// The value where nothing is set; empty for none.
    String standard() {
        return standard;
    }

    String help() {
        return help;
    }

    /// The environment variable's name.
    String variable() {
        return PREFIX + name();
    }

    /// The configuration file's key.
    String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// Whether its value may be shown.
    boolean isSecret() {
        return this == ADMIN_PASSWORD || this == DATABASE_PASSWORD || this == DDI_GATEWAY_TOKEN
                || this == S3_SECRET_KEY || this == SMTP_URL || this == IMAP_URL;
    }

    static Optional<Setting> byKey(String key) {
        return Stream.of(values()).filter(setting -> setting.key().equals(key.replace('_', '-'))).findFirst();
    }
}
