package io.aftercare.service.mail;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/// Where letters are handed over or fetched, from an address such as `smtp://user:pass@mail.example.com:587`.
///
/// @param protocol `smtp`, `smtps`, `imap` or `imaps`; without the `s` TLS begins by STARTTLS, and must where there is a
///                 password to send to another machine
/// @param user     empty for no login
public record MailServer(String protocol, String host, int port, String user, String password) {
    public static final Set<String> OUT = Set.of("smtp", "smtps");
    public static final Set<String> IN = Set.of("imap", "imaps");
    private static final Map<String, Integer> PORTS = Map.of("smtp", 587, "smtps", 465, "imap", 143, "imaps",
            993);
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "::1", "[::1]");

    /// @param protocols those that are right here
    /// @throws IllegalArgumentException says what would be right
    public static MailServer parse(String address, Set<String> protocols) {
        URI uri = URI.create(address);
        String protocol = uri.getScheme();
        if (protocol == null || !protocols.contains(protocol) || uri.getHost() == null) {
            throw new IllegalArgumentException(
                    "an address such as " + protocols.stream().sorted().findFirst().orElseThrow()
                            + "://user:password@mail.example.com is needed");
        }
        String[] login = uri.getRawUserInfo() == null
                ? new String[]{""}
                : uri.getRawUserInfo().split(":", 2);
        return new MailServer(protocol, uri.getHost(),
                uri.getPort() < 0 ? PORTS.getOrDefault(protocol, 25) : uri.getPort(), decoded(login[0]),
                login.length > 1 ? decoded(login[1]) : "");
    }

    private static String decoded(String part) {
        return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /// What Jakarta Mail wants to know. Every wait is bounded.
    Properties properties() {
        Properties properties = new Properties();
        String prefix = "mail." + protocol + ".";
        properties.setProperty(prefix + "connectiontimeout", "10000");
        properties.setProperty(prefix + "timeout", "30000");
        properties.setProperty(prefix + "writetimeout", "30000");
        properties.setProperty(prefix + "auth", String.valueOf(!user.isEmpty()));
        properties.setProperty(prefix + "ssl.checkserveridentity", "true");
        if (!protocol.endsWith("s")) {
            properties.setProperty(prefix + "starttls.enable", "true");
            properties.setProperty(prefix + "starttls.required",
                    String.valueOf(!user.isEmpty() && !THIS_MACHINE.contains(host)));
        }
        return properties;
    }

    /// Without the password.
    @Override
    public String toString() {
        return protocol + "://" + (user.isEmpty() ? "" : user + ":***@") + host + ":" + port;
    }
}
