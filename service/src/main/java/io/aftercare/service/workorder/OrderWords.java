package io.aftercare.service.workorder;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.service.workorder.OrderEvent.Accept;
import io.aftercare.service.workorder.OrderEvent.Appoint;
import io.aftercare.service.workorder.OrderEvent.Approve;
import io.aftercare.service.workorder.OrderEvent.Arrive;
import io.aftercare.service.workorder.OrderEvent.Ask;
import io.aftercare.service.workorder.OrderEvent.Begin;
import io.aftercare.service.workorder.OrderEvent.Depart;
import io.aftercare.service.workorder.OrderEvent.Dispatch;
import io.aftercare.service.workorder.OrderEvent.Fail;
import io.aftercare.service.workorder.OrderEvent.Finish;
import io.aftercare.service.workorder.OrderEvent.HandBack;
import io.aftercare.service.workorder.OrderEvent.Prepare;
import io.aftercare.service.workorder.OrderEvent.StartTest;
import io.aftercare.service.workorder.OrderEvent.Test;
import io.aftercare.service.workorder.OrderEvent.Withdraw;
import io.aftercare.service.workorder.OrderEvent.Write;

/// What happened to a work order, for the case's timeline: `says` is the code of what it says, `words` are those of a person.
final class OrderWords {
    private OrderWords() {}

    static ObjectNode told(OrderEvent event) {
        return switch (event) {
            case Approve approve -> says("approved").put("words", approve.note());
            case Ask ask -> says("asked").put("words", ask.question());
            case Dispatch dispatch -> says("dispatched").put("engineer", dispatch.assignment().engineer())
                    .put("from", dispatch.assignment().slot().start().toString())
                    .put("to", dispatch.assignment().slot().end().toString());
            case Accept _ -> says("accepted");
            case Withdraw withdraw -> says("withdrawn").put("words", withdraw.reason());
            case Appoint appoint -> says("appointed").put("from", appoint.slot().start().toString())
                    .put("to", appoint.slot().end().toString());
            case Prepare _ -> says("prepared");
            case Depart _ -> says("departed");
            case Arrive _ -> says("arrived");
            case Begin _ -> says("begun");
            case Write write -> says("written").put("words", write.repair().result());
            case StartTest _ -> says("testing");
            case Test test -> says(test.report().passed() ? "passed" : "not-passed");
            case Finish _ -> says("done");
            case Fail fail -> says("failed").put("words", fail.reason());
            case HandBack _ -> says("handed-back");
        };
    }

    private static ObjectNode says(String code) {
        return Json.object().put("says", code);
    }
}
