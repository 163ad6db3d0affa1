package io.aftercare.remote.action;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.people.Principal;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An action as a console offers it to somebody.
///
/// @param params       the schema of its parameters, empty for none
/// @param needsTicket  whether it takes the open ticket that it is for
/// @param needsConfirm whether the device's id has to be typed
/// @param needsSecond  whether another person has to approve it
/// @param needsConsent whether the customer has to have allowed it in any case
/// @param awaitsConsent whether the customer's word is what is missing now
/// @param refusal      why it would be refused now, null where it would not
/// @param refusalCode  the same as a code, that a console says in its reader's language
@JsonInclude(JsonInclude.Include.ALWAYS)
record Available(String action, ActionClass actionClass, JsonNode params, int timeoutSeconds,
        boolean needsTicket, boolean needsConfirm, boolean needsSecond, boolean needsConsent,
        boolean awaitsConsent,
        boolean allowed,
        @Nullable String refusal, @Nullable String refusalCode) {
    /// For whom, where and for what.
    record Board(Principal who, Device device, @Nullable String ticket, ActionConfig config) {
        Available show(Catalogue.Known known, Guards.Moment moment) {
            ActionClass actionClass = known.actionClass();
            Guards.Case asked = new Guards.Case(device, known, ticket, device.id().value(),
                    Duration.ofHours(1), true, false, moment, Guards.Recent.NONE);
            Optional<Guards.Refusal> refusal = Guards.refuse(who, asked, config);
            return new Available(known.name(), actionClass,
                    known.schema().isObject() ? known.schema() : Json.object(), known.timeoutSeconds(),
                    actionClass.needsTicket(), actionClass.needsSecondPerson(),
                    actionClass.needsSecondPerson(), known.needsConsent(),
                    ConsentRule.refuse(config.consent(), known, moment.consent()).isPresent(),
                    refusal.isEmpty(),
                    refusal.map(Guards.Refusal::reason).orElse(null),
                    refusal.map(Guards.Refusal::code).orElse(null));
        }
    }
}
