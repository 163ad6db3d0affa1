package io.aftercare.remote.fleetaction;

/// The devices of one stage, counted.
///
/// @param open    whose turn has not ended
/// @param success that did it, and raised no fault after it
/// @param failure that failed, or raised a fault after it
/// @param none    about which nothing can be said: skipped, never reached, cancelled
record Tally(int open, int success, int failure, int none) {
    static final Tally EMPTY = new Tally(0, 0, 0, 0);

    Tally plus(TurnState state, boolean worse, int n) {
        return switch (state) {
            case WAITING, ASKED -> new Tally(open + n, success, failure, none);
            case SUCCEEDED -> worse
                    ? new Tally(open, success, failure + n, none)
                    : new Tally(open, success + n, failure, none);
            case FAILED -> new Tally(open, success, failure + n, none);
            case UNREACHED, SKIPPED, CANCELLED -> new Tally(open, success, failure, none + n);
        };
    }

    int finished() {
        return success + failure;
    }

    /// Those that say something, or may yet.
    int counted() {
        return open + finished();
    }

    int all() {
        return counted() + none;
    }

    double share() {
        return counted() == 0 ? 1 : (double) success / counted();
    }
}
