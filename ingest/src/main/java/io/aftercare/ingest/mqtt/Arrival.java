package io.aftercare.ingest.mqtt;

import io.aftercare.fleet.device.Device;
import io.aftercare.ingest.mqtt.listener.Peer;
import io.aftercare.ingest.mqtt.wire.Code;
import io.aftercare.ingest.mqtt.wire.Credentials;
import io.netty.channel.ChannelHandlerContext;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A CONNECT on its way: who sent it is looked up on a virtual thread, then the session that the device comes back to.
/// Answers its [Host] on the connection's event loop, once.
record Arrival(Endpoint endpoint, ChannelHandlerContext ctx, Credentials shown, Peer peer, Host host) {
    /// Who waits for the outcome.
    interface Host {
        /// Whether it still waits, the connection being there.
        boolean isWaiting();

        void refused(int code);

        void admitted(Found found);
    }

    /// Who came, and to what.
    ///
    /// @param assigned the client id given to a client that brought none
    record Found(Credentials shown, Handshake.Admission.Admitted admission, @Nullable String assigned,
            SessionStore.Opened opened) {
        String clientId() {
            return assigned == null ? shown.clientId() : assigned;
        }

        Device device() {
            return admission.device();
        }
    }

    void begin() {
        endpoint.threads().execute(() -> {
            Handshake.Admission admission = endpoint.handshake().admit(shown, peer);
            ctx.executor().execute(() -> answer(admission));
        });
    }

    private void answer(Handshake.Admission admission) {
        if (!host.isWaiting()) {
            return;
        }
        switch (admission) {
            case Handshake.Admission.Refused refused -> host.refused(refused.code());
            case Handshake.Admission.Admitted admitted -> find(new Found(shown, admitted,
                    shown.clientId().isEmpty() ? UUID.randomUUID().toString() : null,
                    SessionStore.Opened.NONE));
        }
    }

    // The session that the device comes back to, or a new one.
    private void find(Found found) {
        Keeping keeping = endpoint.sessions().keeping();
        Device device = found.device();
        if (!keeping.concerns(device, shown)) {
            host.admitted(found);
            return;
        }
        Presence presence = endpoint.sessions().presence(device.id());
        keeping.open(ctx, presence, device, found.clientId(), shown,
                opened -> ctx.executor().execute(() -> {
                    if (host.isWaiting() && opened != null) {
                        host.admitted(new Found(shown, found.admission(), found.assigned(), opened));
                    } else if (opened != null) {
                        keeping.abandon(ctx, presence, device, shown);
                    } else if (host.isWaiting()) {
                        host.refused(Code.SERVER_UNAVAILABLE);
                    }
                }));
    }
}
