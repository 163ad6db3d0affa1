package io.aftercare.service.webhook;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;

/// An address that events are sent to. By default only public ones are: whoever may name an address must not reach into
/// the network that the backend stands in. What the name means is looked up once for each delivery, and the connection goes to
/// the very address that was checked.
///
/// @param host as the certificate must say it
/// @param path with its query
record Target(String host, int port, boolean tls, String path) {
    static final int URL_MAX = 1000;

    /// @param privateAllowed whether addresses within one's own network, and plain HTTP, are right
    /// @throws IllegalArgumentException says what would be right
    static Target parse(String url, boolean privateAllowed) {
        URI uri = URI.create(url);
        String scheme = uri.getScheme();
        boolean tls = "https".equalsIgnoreCase(scheme);
        if (uri.getHost() == null || url.length() > URL_MAX || uri.getRawUserInfo() != null
                || !tls && !"http".equalsIgnoreCase(scheme)) {
            throw new IllegalArgumentException(
                    "an address such as https://example.com/hooks is needed, without a user");
        }
        if (!tls && !privateAllowed) {
            throw new IllegalArgumentException("https is needed");
        }
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return new Target(uri.getHost(), uri.getPort() < 0 ? tls ? 443 : 80 : uri.getPort(), tls,
                uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery());
    }

    /// Where to connect to.
    ///
    /// @throws UnknownHostException where the name means nothing, or an address that may not be used
    InetAddress resolve(boolean privateAllowed) throws UnknownHostException {
        InetAddress[] all = InetAddress.getAllByName(host);
        for (InetAddress one : all) {
            if (!privateAllowed && !isPublic(one)) {
                throw new UnknownHostException(host + " is not a public address");
            }
        }
        return all[0];
    }

    static boolean isPublic(InetAddress address) {
        if (address.isLoopbackAddress() || address.isAnyLocalAddress() || address.isLinkLocalAddress()
                || address.isSiteLocalAddress() || address.isMulticastAddress()) {
            return false;
        }
        byte[] bytes = address.getAddress();
        int first = bytes[0] & 0xff;
        int second = bytes[1] & 0xff;
        return switch (address) {
            case Inet4Address _ -> first != 0 && first < 240 && !(first == 100 && (second & 0xc0) == 64)
                    && !(first == 192 && second == 0 && bytes[2] == 0)
                    && !(first == 198 && (second & 0xfe) == 18);
            // Global unicast (2000::/3) alone, and of it nothing that leads to an IPv4 address (6to4, Teredo).
            case Inet6Address _ -> (first & 0xe0) == 0x20 && !(first == 0x20 && second == 0x02)
                    && !(first == 0x20 && second == 0x01 && bytes[2] == 0 && bytes[3] == 0);
            default -> false;
        };
    }
}
