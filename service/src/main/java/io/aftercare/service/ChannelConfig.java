package io.aftercare.service;

import io.aftercare.service.mail.MailConfig;
import io.aftercare.service.notice.NoticeConfig;

/// How customers and staff are reached.
///
/// @param privateWebhooks whether webhooks may be sent within one's own network, and by plain HTTP
public record ChannelConfig(NoticeConfig notices, MailConfig mail, boolean privateWebhooks) {
    /// No mail, no address for people outside.
    public static ChannelConfig defaults() {
        return new ChannelConfig(NoticeConfig.defaults(), MailConfig.NONE, false);
    }
}
