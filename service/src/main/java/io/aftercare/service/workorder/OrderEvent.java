package io.aftercare.service.workorder;

import io.aftercare.service.workorder.Course.Pickup;
import io.aftercare.service.workorder.Course.Repair;
import io.aftercare.service.workorder.Course.TestReport;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What can happen to a work order.
sealed interface OrderEvent {
    /// The technical review lets it be dispatched (R29).
    record Approve(String by, String note) implements OrderEvent {}

    /// The technical review needs to know more of the customer first (R29).
    record Ask(String question) implements OrderEvent {}

    /// Somebody is chosen to go.
    record Dispatch(Assignment assignment) implements OrderEvent {}

    /// They say yes; these things are to be ready before they set out (R30).
    record Accept(List<String> preparation) implements OrderEvent {}

    /// They say no, or a coordinator takes it back: somebody else is to be found.
    record Withdraw(String reason) implements OrderEvent {}

    /// The time is agreed with the customer (R30).
    record Appoint(Slot slot) implements OrderEvent {}

    /// Things are ready, or not any more.
    record Prepare(Map<String, Boolean> items) implements OrderEvent {}

    record Depart() implements OrderEvent {}

    /// The check-in at the customer's (R31).
    ///
    /// @param questions to be answered, by their keys
    record Arrive(Map<String, String> questions, Map<String, String> answers) implements OrderEvent {}

    /// The work begins; after a test that failed, once more.
    record Begin() implements OrderEvent {}

    /// What was found and done (R36).
    record Write(Repair repair) implements OrderEvent {}

    record StartTest() implements OrderEvent {}

    record Test(TestReport report) implements OrderEvent {}

    /// @param firmware what the device says that it runs, empty where it has said nothing
    record Finish(String firmware) implements OrderEvent {}

    record Fail(@Nullable String reason) implements OrderEvent {}

    /// The device is back with its owner (R37).
    record HandBack(Pickup pickup) implements OrderEvent {}
}
