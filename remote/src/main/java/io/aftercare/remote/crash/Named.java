package io.aftercare.remote.crash;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.aftercare.remote.crash.symbol.Place;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The calls of a thread as people read them.
record Named(String name, boolean crashed, List<Call> stack) {
    Named {
        stack = List.copyOf(stack);
    }

    /// One of the calls.
    ///
    /// @param module  empty where none is known
    /// @param offset  in hexadecimal with `0x`, as the module's symbol file has it
    /// @param symbols whether there is a symbol file for it
    /// @param places  the functions there, the innermost of those that were inlined first; none where there is no name
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Call(String module, @Nullable String buildId, String offset, boolean symbols, List<Place> places) {
        Call {
            places = List.copyOf(places);
        }
    }
}
