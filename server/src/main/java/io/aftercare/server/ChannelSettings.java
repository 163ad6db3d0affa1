package io.aftercare.server;

import io.aftercare.service.ChannelConfig;
import io.aftercare.service.mail.MailConfig;
import io.aftercare.service.mail.MailServer;
import io.aftercare.service.notice.NoticeConfig;
import java.net.URI;
import java.time.DateTimeException;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;

/// Reads how customers and staff are reached.
final class ChannelSettings {
    private static final int LETTERS_PER_HOUR_MAX = 20;

    private ChannelSettings() {}

    /// @param publicUrl address of the customer's page for people outside; empty where it is not known
    static ChannelConfig from(Settings settings, Optional<URI> publicUrl) {
        LocalTime[] quiet = quiet(settings);
        String desk = settings.text(Setting.DESK_NAME);
        NoticeConfig notices = new NoticeConfig(
                publicUrl.map(URI::toString).map(url -> url.replaceAll("/+$", "")).orElse(""), desk,
                zone(settings), quiet[0], quiet[1], LETTERS_PER_HOUR_MAX);
        String from = settings.text(Setting.MAIL_FROM);
        if (!from.matches("[^@\\s<>]+@[^@\\s<>]+")) {
            throw settings.wrong(Setting.MAIL_FROM, "an address such as service@example.com is needed");
        }
        MailConfig mail = new MailConfig(server(settings, Setting.SMTP_URL, MailServer.OUT),
                server(settings, Setting.IMAP_URL, MailServer.IN), from, MailConfig.NONE.every());
        return new ChannelConfig(notices, mail,
                settings.oneOf(Setting.WEBHOOKS_PRIVATE, "on", "off").equals("on"));
    }

    private static Optional<MailServer> server(Settings settings, Setting setting, Set<String> protocols) {
        try {
            return settings.optional(setting).map(address -> MailServer.parse(address, protocols));
        } catch (IllegalArgumentException e) {
            String example = protocols.equals(MailServer.OUT) ? "smtp" : "imaps";
            throw settings.wrong(setting,
                    "an address such as " + example + "://user:password@mail.example.com is needed");
        }
    }

    private static ZoneId zone(Settings settings) {
        try {
            return ZoneId.of(settings.text(Setting.DESK_ZONE));
        } catch (DateTimeException e) {
            throw settings.wrong(Setting.DESK_ZONE, "a time zone such as Asia/Shanghai is needed");
        }
    }

    private static LocalTime[] quiet(Settings settings) {
        String text = settings.text(Setting.QUIET_HOURS);
        if (text.isEmpty()) {
            return new LocalTime[]{LocalTime.MIDNIGHT, LocalTime.MIDNIGHT};
        }
        try {
            String[] times = text.split("-", 2);
            return new LocalTime[]{LocalTime.parse(times[0].strip()), LocalTime.parse(times[1].strip())};
        } catch (DateTimeException | ArrayIndexOutOfBoundsException e) {
            throw settings.wrong(Setting.QUIET_HOURS, "two times are needed, such as 22:00-08:00");
        }
    }
}
