package io.aftercare.service.notice;

/// Takes letters out of the house. Thread-safe; blocks for a bounded time.
public interface Carrier {
    /// Whether letters can be sent at all; without it they are held back, visibly.
    boolean isReady();

    Carried carry(Letter letter);

    /// What came of it.
    sealed interface Carried {
        record Sent() implements Carried {}

        /// It may work later.
        record Later(String why) implements Carried {}

        /// It will never work, such as an address that does not exist.
        record Refused(String why) implements Carried {}
    }

    /// Where no mail is configured.
    Carrier NONE = new Carrier() {
        @Override
        public boolean isReady() {
            return false;
        }

        @Override
        public Carried carry(Letter letter) {
            return new Carried.Later("no mail is configured");
        }
    };
}
