package io.aftercare.ingest.mqtt.listener;

import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import java.security.cert.X509Certificate;
import java.util.List;

/// Who is at the other end, as far as the transport knows.
///
/// @param address   where it comes from; behind a proxy that says so, where it came to the proxy from
/// @param names     device ids that its certificate gives it, empty without one
/// @param chain     the certificates it showed and TLS verified, its own first; empty without
/// @param transport in words, for the log of connections
public record Peer(String address, List<String> names, List<X509Certificate> chain, String transport) {
    public static Peer of(NetSocket socket, boolean web) {
        SocketAddress remote = socket.remoteAddress();
        String address = remote == null || remote.hostAddress() == null ? "" : remote.hostAddress();
        String transport = web // constants: there are many of these
                ? socket.isSsl() ? " over WebSocket with TLS" : " over WebSocket"
                : socket.isSsl() ? " with TLS" : "";
        List<X509Certificate> chain = Certificates.shown(socket);
        List<String> names = chain.isEmpty() ? List.of() : Certificates.names(chain.getFirst());
        return new Peer(address, names, chain, transport);
    }

    /// Such as `over WebSocket with TLS from 10.2.3.4`, with a space before it.
    public String inWords() {
        return transport + (address.isEmpty() ? "" : " from " + address);
    }
}
