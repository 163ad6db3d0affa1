package io.aftercare.ingest.mqtt;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The words in which a connection's device speaks: how its topics are called on the wire, and what they mean in the
/// protocol's own terms, the levels below `devices/{id}/`. One for each connection; [#payload] and [#up] are called on its
/// event loop, the others from any thread.
public interface Dialect {
    /// The topic of telemetry in JSON, the one that matters for speed.
    String telemetryTopic();

    /// What a published topic means; null where it is not the device's own.
    @Nullable
    String up(String topic);

    /// What a payload published to `suffix` says in the protocol's own form.
    default byte[] payload(String suffix, byte[] published) {
        return published;
    }

    /// Whether [#beside] is worth asking.
    default boolean saysBeside() {
        return false;
    }

    /// What a telemetry message says beside its samples, as messages of their own.
    default List<Said> beside(byte[] telemetry) {
        return List.of();
    }

    /// A message in the protocol's own words.
    record Said(String suffix, byte[] payload) {}

    /// What a subscription asks for; empty where it reaches beyond the device's own topics.
    List<TopicFilter> filters(String filter);

    /// How a message down is put on the wire; null where this dialect has no word for it.
    @Nullable
    Parcel down(String suffix, byte[] payload);

    /// A message as it goes out.
    record Parcel(String topic, byte[] payload) {}

    /// The protocol itself: every topic below `devices/{id}/`.
    record Native(String prefix) implements Dialect {
        @Override
        public String telemetryTopic() {
            return prefix + "telemetry";
        }

        @Override
        public @Nullable String up(String topic) {
            return topic.startsWith(prefix) ? topic.substring(prefix.length()) : null;
        }

        @Override
        public List<TopicFilter> filters(String filter) {
            TopicFilter within = TopicFilter.within(prefix, filter);
            return within == null ? List.of() : List.of(within);
        }

        @Override
        public Parcel down(String suffix, byte[] payload) {
            return new Parcel(prefix + suffix, payload);
        }
    }
}
