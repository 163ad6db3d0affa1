package io.aftercare.simulator.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/// Finds ports on loopback: the usual one where it is free, any other one where it is not.
final class Ports {
    private Ports() {}

    static int freeNear(int usual) throws IOException {
        return isFree(usual) ? usual : free();
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    private static int free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
