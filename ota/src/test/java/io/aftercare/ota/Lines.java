package io.aftercare.ota;

import java.util.List;
import java.util.concurrent.Flow;

/// Keeps the lines of a stream that does not end.
final class Lines implements Flow.Subscriber<String> {
    private final List<String> lines;

    /// @param lines to which threads may add
    Lines(List<String> lines) {
        this.lines = lines;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        subscription.request(Long.MAX_VALUE);
        lines.add("");
    }

    @Override
    public void onNext(String line) {
        lines.add(line);
    }

    @Override
    public void onError(Throwable failure) {
        lines.add("broken: " + failure);
    }

    @Override
    public void onComplete() {
        lines.add("ended");
    }
}
