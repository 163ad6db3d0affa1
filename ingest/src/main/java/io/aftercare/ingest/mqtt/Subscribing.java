package io.aftercare.ingest.mqtt;

import io.aftercare.ingest.mqtt.wire.Replies;
import io.aftercare.ingest.mqtt.wire.Code;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttSubscribeMessage;
import io.netty.handler.codec.mqtt.MqttTopicSubscription;
import io.netty.handler.codec.mqtt.MqttUnsubscribeMessage;
import java.util.ArrayList;
import java.util.List;

/// SUBSCRIBE and UNSUBSCRIBE: a device has its own topics alone, at QoS 0 or 1.
final class Subscribing {
    private static final int QOS_MAX = 1;

    private final Trespasses trespasses;

    Subscribing(Trespasses trespasses) {
        this.trespasses = trespasses;
    }

    /// The SUBACK, and what was granted.
    record Result(MqttMessage answer, List<TopicFilter> granted) {}

    Result subscribe(Session session, MqttSubscribeMessage message) {
        List<MqttTopicSubscription> wanted = message.payload().topicSubscriptions();
        List<TopicFilter> granted = new ArrayList<>();
        int[] codes = new int[wanted.size()];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = subscribe(session, wanted.get(i), granted);
            if (codes[i] >= Code.UNSPECIFIED && !session.v5()) {
                codes[i] = Code.V3_SUBSCRIPTION_REFUSED;
            }
        }
        return new Result(Replies.subscribed(message.variableHeader().messageId(), codes), granted);
    }

    /// Whether a SUBSCRIBE uses what the CONNACK said is not there.
    static boolean hasIdentifier(MqttSubscribeMessage message) {
        return message.idAndPropertiesVariableHeader().properties()
                .getProperty(MqttProperties.SUBSCRIPTION_IDENTIFIER) != null;
    }

    private int subscribe(Session session, MqttTopicSubscription wanted, List<TopicFilter> granted) {
        String text = wanted.topicFilter();
        if (text.startsWith("$share/")) {
            return Code.SHARED_NOT_SUPPORTED;
        }
        if (!TopicFilter.isValid(text)) {
            return Code.BAD_FILTER;
        }
        List<TopicFilter> filters = session.dialect().filters(text);
        if (filters.isEmpty()) {
            trespasses.note(session.device(), "subscribe", text);
            return Code.NOT_AUTHORIZED;
        }
        int qos = Math.min(QOS_MAX, wanted.qualityOfService().value());
        Subscriptions more = session.subscriptions();
        for (TopicFilter filter : filters) {
            more = more == null ? null : more.with(filter, qos);
        }
        if (more == null) {
            return Code.QUOTA_EXCEEDED;
        }
        session.subscriptions(more);
        granted.addAll(filters);
        return qos;
    }

    MqttMessage unsubscribe(Session session, MqttUnsubscribeMessage message) {
        List<Short> codes = new ArrayList<>();
        for (String text : message.payload().topics()) {
            boolean there = false;
            for (TopicFilter filter : session.dialect().filters(text)) {
                there |= session.subscriptions().granted().containsKey(filter);
                session.subscriptions(session.subscriptions().without(filter));
            }
            codes.add((short) (there ? Code.SUCCESS : 0x11)); // 0x11: no subscription existed
        }
        return Replies.unsubscribed(message.variableHeader().messageId(), codes);
    }
}
