package io.aftercare.simulator.link;

/// Where devices connect.
public record Broker(String host, int port) {
    String uri() {
        return "tcp://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
