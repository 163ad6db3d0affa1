package io.aftercare.service.datause;

import io.aftercare.fleet.background.BackgroundLoop;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.postgres.OutboxRelay;
import io.aftercare.service.DeskGround;
import io.aftercare.service.Room;
import io.aftercare.service.ticket.Cases;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Data and its uses, wired.
public final class DataUseRoom implements Room {
    private final DataClasses classes;
    private final DataUses uses;
    private final TakenData taken;
    private final PurgeWatch watch;
    private final BackgroundLoop loop;

    /// @param others other rooms that keep data for the time of a case alone
    /// @param every  how often what has to be purged is looked for
    public DataUseRoom(DeskGround ground, Cases cases, List<TemporaryData> others, Duration every) {
        this.classes = new DataClasses(ground);
        this.uses = new DataUses(ground);
        this.taken = new TakenData(ground, cases);
        List<TemporaryData> keepers = new ArrayList<>(others);
        keepers.add(taken);
        this.watch = new PurgeWatch(ground, cases, keepers);
        this.loop = new BackgroundLoop("data-purge", every, watch::purgeDue);
        cases.listen(watch::changed);
    }

    @Override
    public void bind(Operations operations) {
        classes.bind(operations);
        uses.bind(operations);
        taken.bind(operations);
    }

    @Override
    public void subscribe(OutboxRelay relay) {
        relay.on("data.purged", (handle, _, told) -> watch.purgedElsewhere(handle, told));
    }

    @Override
    public List<BackgroundLoop> loops() {
        return List.of(loop);
    }
}
