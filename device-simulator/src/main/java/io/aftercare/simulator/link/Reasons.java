package io.aftercare.simulator.link;

import org.eclipse.paho.mqttv5.common.MqttException;

/// Why a broker did not take a device, in words that say what to do.
final class Reasons {
    private Reasons() {}

    static String of(MqttException problem) {
        return switch (problem.getReasonCode()) {
            case 0x86, 0x87, 4, 5 ->
                "it does not know this id and token; register the device, or correct the credentials file";
            case 0x89, 0x97, 0x9F -> "it is busy; trying again";
            case 32103 -> "nothing answers there; is the backend running, and is this its MQTT port?";
            case 32000 -> "no answer in time";
            case 32109 -> "the connection was lost";
            default -> "reason " + problem.getReasonCode() + ", " + problem.getMessage();
        };
    }
}
