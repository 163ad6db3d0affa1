package io.aftercare.service;

import io.aftercare.service.notice.NoticeConfig;

/// How customers and staff are reached.
public record ChannelConfig(NoticeConfig notices) {
    /// No mail, no address for people outside.
    public static ChannelConfig defaults() {
        return new ChannelConfig(NoticeConfig.defaults());
    }
}
