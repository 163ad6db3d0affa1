package io.aftercare.server;

import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.http.Problem;
import io.aftercare.remote.Downlink;
import io.aftercare.remote.Surroundings;
import io.aftercare.remote.Surroundings.Consent;
import io.aftercare.remote.Surroundings.Purpose;
import io.aftercare.remote.action.Action;
import io.aftercare.remote.action.Actions;
import io.aftercare.remote.action.Wish;
import io.aftercare.service.runbook.RemoteActions;
import java.util.Optional;

/// Remote actions as runbooks ask for them: the same guards as for everybody else stand in between.
record RunbookActions(Actions actions, Downlink downlink,
        Surroundings surroundings) implements RemoteActions {
    @Override
    public Answer request(Wanted wanted) {
        try {
            Action action = actions.request(wanted.who(), wanted.device(), Wish.of(wanted.action())
                    .with(wanted.params()).forTicket(wanted.ticket()).within(wanted.expiresIn())
                    .confirmed(wanted.confirm()).because("a step of a runbook").keyed(wanted.key()));
            return new Asked(action.id(), action.state().text(), action.state().isOver(), action.output(),
                    action.error());
        } catch (Problem refusal) {
            return new Refused(refusal.status(), String.valueOf(refusal.getMessage()));
        }
    }

    @Override
    public boolean isOnline(DeviceId device) {
        return downlink.reaches(device);
    }

    @Override
    public boolean isUpdating(DeviceId device) {
        return surroundings.isUpdating(device);
    }

    @Override
    public Optional<String> consentMissing(DeviceId device, String ticket, boolean needed) {
        Consent said = surroundings.consent(device, ticket, Purpose.ACTION);
        boolean isEnough = said == Consent.GIVEN || said == Consent.NOT_ASKED && !needed;
        return isEnough ? Optional.empty() : Optional.of(switch (said) {
            case GIVEN, NOT_ASKED -> "the customer has not been asked to allow it";
            case ASKED -> "the customer was asked to allow it and has not answered yet";
            case REFUSED -> "the customer refused to allow it";
            case EXPIRED -> "the customer's consent is over";
            case WITHDRAWN -> "the customer has withdrawn the consent";
        });
    }
}
