package io.aftercare.ota.campaign;

import io.aftercare.ota.deployment.DeploymentState;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How an abort treats devices.
enum Closing {
    /// Those that write their flash are left to finish.
    GENTLE,
    /// Nobody waits for those either: what they report later changes nothing any more.
    FORCE;

    /// The states that it ends.
    Set<DeploymentState> states() {
        EnumSet<DeploymentState> states = EnumSet.noneOf(DeploymentState.class);
        List.of(DeploymentState.values()).stream()
                .filter(state -> this == FORCE ? state.isOpen() : state.isCancellable()).forEach(states::add);
        return states;
    }

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static @Nullable Closing parse(@Nullable String text) {
        return text == null ? null : valueOf(text.toUpperCase(Locale.ROOT));
    }
}
