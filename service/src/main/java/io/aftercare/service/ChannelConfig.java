package io.aftercare.service;

import io.aftercare.service.mail.MailConfig;
import io.aftercare.service.notice.NoticeConfig;

/// How customers and staff are reached.
public record ChannelConfig(NoticeConfig notices, MailConfig mail) {
    /// No mail, no address for people outside.
    public static ChannelConfig defaults() {
        return new ChannelConfig(NoticeConfig.defaults(), MailConfig.NONE);
    }
}
