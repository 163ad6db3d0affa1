package io.aftercare.simulator.upload;

/// How an upload ended.
public sealed interface Ending {
    /// All of it has come.
    record Complete() implements Ending {}

    /// It was not wanted, or did not get through.
    ///
    /// @param isWorthAnotherTry whether it may be taken later
    record GivenUp(String why, boolean isWorthAnotherTry) implements Ending {}

    /// The device stopped in the middle and says nothing.
    record Silent() implements Ending {}
}
