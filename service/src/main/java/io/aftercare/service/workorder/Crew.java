package io.aftercare.service.workorder;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.aftercare.service.text.Cause;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Who could be sent, and with which tools, as the register of engineers knows it. Works in the caller's transaction.
public interface Crew {
    /// Everybody, by name; who is off has that as a refusal.
    List<Member> members(Handle handle);

    /// Everybody, with what is against sending them to a device of that model in that slot.
    List<Member> members(Handle handle, String model, Slot slot);

    /// What is wrong with tools on the day of the slot.
    Tools tools(Handle handle, Collection<String> serials, Slot slot);

    /// Somebody who might be sent.
    ///
    /// @param number   short key, never used twice
    /// @param outlet   of the partner that they work for, empty for our own people
    /// @param home     where they set out from, null where that is not known
    /// @param refusals skill, certificate, hours, contract; empty where nothing is against it
    record Member(String name, long number, String region, String outlet, @Nullable Position home,
            List<Cause> refusals) {
        public Member {
            refusals = List.copyOf(refusals);
        }
    }

    /// @param refuse whether these troubles stop a dispatch; otherwise they are warnings
    /// @param causes of the troubles
    record Tools(boolean refuse, List<Cause> causes) {
        public Tools {
            causes = List.copyOf(causes);
        }

        /// The causes in English.
        @JsonProperty
        public List<String> troubles() {
            return Cause.texts(causes);
        }
    }
}
