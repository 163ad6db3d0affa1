package io.aftercare.ingest.mqtt.wire;

/// Reason codes of MQTT 5.0 (its section 2.4) that the endpoint says.
public final class Code {
    public static final int SUCCESS = 0x00;
    public static final int UNSPECIFIED = 0x80;
    public static final int MALFORMED_PACKET = 0x81;
    public static final int PROTOCOL_ERROR = 0x82;
    public static final int IMPLEMENTATION_SPECIFIC = 0x83;
    public static final int UNSUPPORTED_VERSION = 0x84;
    public static final int BAD_CLIENT_ID = 0x85;
    public static final int NOT_AUTHORIZED = 0x87;
    public static final int SERVER_UNAVAILABLE = 0x88;
    public static final int SERVER_BUSY = 0x89;
    public static final int BAD_AUTHENTICATION_METHOD = 0x8C;
    public static final int SHUTTING_DOWN = 0x8B;
    public static final int KEEP_ALIVE_TIMEOUT = 0x8D;
    public static final int TAKEN_OVER = 0x8E;
    public static final int BAD_FILTER = 0x8F;
    public static final int BAD_TOPIC_NAME = 0x90;
    public static final int PACKET_ID_NOT_FOUND = 0x92;
    public static final int RECEIVE_MAXIMUM_EXCEEDED = 0x93;
    public static final int BAD_TOPIC_ALIAS = 0x94;
    public static final int PACKET_TOO_LARGE = 0x95;
    public static final int QUOTA_EXCEEDED = 0x97;
    public static final int ADMINISTRATIVE_ACTION = 0x98;
    public static final int BAD_PAYLOAD = 0x99;
    public static final int RETAIN_NOT_SUPPORTED = 0x9A;
    public static final int SHARED_NOT_SUPPORTED = 0x9E;
    public static final int SUBSCRIPTION_IDS_NOT_SUPPORTED = 0xA1;
    /// MQTT 3.1.1 has one code for a subscription that is not granted.
    public static final int V3_SUBSCRIPTION_REFUSED = 0x80;

    private Code() {}

    /// A code in words, for a person who debugs a device; empty where the code says it all, or should say no more.
    public static String reason(int code) {
        return switch (code) {
            case MALFORMED_PACKET -> "the packet is malformed";
            case PROTOCOL_ERROR -> "the packet is not allowed here, or not in this form";
            case SERVER_BUSY -> "the database is away; try again";
            case SERVER_UNAVAILABLE -> "the backend cannot look you up now; try again";
            case KEEP_ALIVE_TIMEOUT -> "no packet came within one and a half keep-alives";
            case TAKEN_OVER -> "the device has connected again";
            case RECEIVE_MAXIMUM_EXCEEDED -> "more messages are unfinished than the CONNACK allowed";
            case BAD_TOPIC_ALIAS -> "the topic alias is 0 or above the maximum of the CONNACK";
            case PACKET_TOO_LARGE -> "the packet is longer than the CONNACK allowed";
            case QUOTA_EXCEEDED -> "the device sends more than it may";
            case ADMINISTRATIVE_ACTION -> "the device may not connect any more";
            case RETAIN_NOT_SUPPORTED -> "messages are not retained here";
            case SUBSCRIPTION_IDS_NOT_SUPPORTED -> "subscription identifiers are not available here";
            default -> "";
        };
    }
}
