package io.aftercare.remote.action;

/// What moves a remote action on.
enum ActionEvent {
    APPROVE,
    REJECT,
    CANCEL,
    ENQUEUE,
    SEND,
    /// The device reports that it is at work.
    BEGIN,
    SUCCEED,
    /// The device reports that it failed or refuses.
    FAIL,
    /// What was allowed when it was asked for is not allowed any more when it would be sent.
    REFUSE,
    /// The time for the answer is over.
    TIME_OUT,
    /// The time for sending is over.
    EXPIRE
}
