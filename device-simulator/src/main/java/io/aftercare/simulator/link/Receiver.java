package io.aftercare.simulator.link;

/// What a link tells its device. Calls come one at a time, from a thread of the link; they may block it for a moment.
public interface Receiver {
    /// The link is up, its subscriptions stand.
    void connected();

    /// The link is gone; it comes back by itself. What came before has been told before.
    void lost();

    /// A message has come.
    ///
    /// @param topic without the leading `devices/{id}/`
    void message(String topic, byte[] payload);
}
