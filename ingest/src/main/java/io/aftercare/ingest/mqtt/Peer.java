package io.aftercare.ingest.mqtt;

import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who is at the other end, as far as the transport knows.
///
/// @param address   where it comes from; behind a proxy that says so, where it came to the proxy from
/// @param names     device ids that its certificate gives it, empty without one
/// @param certificate the one it showed and TLS verified, null without one
/// @param transport in words, for the log of connections
record Peer(String address, List<String> names, @Nullable X509Certificate certificate, String transport) {
    static Peer of(NetSocket socket, boolean web) {
        SocketAddress remote = socket.remoteAddress();
        String address = remote == null || remote.hostAddress() == null ? "" : remote.hostAddress();
        String transport = web // constants: there are many of these
                ? socket.isSsl() ? " over WebSocket with TLS" : " over WebSocket"
                : socket.isSsl() ? " with TLS" : "";
        X509Certificate certificate = Certificates.shown(socket);
        List<String> names = certificate == null ? List.of() : Certificates.names(certificate);
        return new Peer(address, names, certificate, transport);
    }

    /// Such as `over WebSocket with TLS from 10.2.3.4`, with a space before it.
    String inWords() {
        return transport + (address.isEmpty() ? "" : " from " + address);
    }
}
