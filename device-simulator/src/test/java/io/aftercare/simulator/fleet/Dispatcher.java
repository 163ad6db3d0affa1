package io.aftercare.simulator.fleet;

import org.eclipse.paho.mqttv5.client.IMqttMessageListener;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/// Hands every message to one listener.
record Dispatcher(IMqttMessageListener listener) implements MqttCallback {
    @Override
    public void disconnected(MqttDisconnectResponse response) {
        // the tests end their connections themselves
    }

    @Override
    public void mqttErrorOccurred(MqttException exception) {
        throw new IllegalStateException(exception);
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) throws Exception {
        listener.messageArrived(topic, message);
    }

    @Override
    public void deliveryComplete(IMqttToken token) {
        // nobody waits
    }

    @Override
    public void connectComplete(boolean reconnect, String serverUri) {
        // connect waits for its own token
    }

    @Override
    public void authPacketArrived(int reasonCode, MqttProperties properties) {
        // not used
    }
}
