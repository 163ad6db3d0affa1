package io.aftercare.benchmarks.ota;

import io.aftercare.benchmarks.machine.Machine;
import io.aftercare.benchmarks.report.Spread;
import io.aftercare.benchmarks.report.Table;
import java.util.List;

/// @param polls     a second, of each round
/// @param downloads of each round
public record OtaReport(Machine machine, OtaRun.Load load, List<Double> polls, Campaign campaign,
        List<Round> downloads) {

    /// Mebibytes a second of all connections together; nginx's 0 where it is not there.
    public record Round(double ours, double nginx) {
        double ratio() {
            return nginx == 0 ? 0 : ours / nginx;
        }
    }

    /// Seconds of each step of a campaign.
    ///
    /// @param create  from the request for it to its answer, with the count of its devices
    /// @param start   from the request to start it until each device has its place in a stage
    /// @param offered from then until a device is offered the release
    public record Campaign(String id, int matched, double create, double start, double offered) {}

    /// For a report.
    public String markdown() {
        Spread polled = Spread.of(polls);
        Spread ratio = Spread.of(downloads.stream().map(Round::ratio).toList());
        Spread ours = Spread.of(downloads.stream().map(Round::ours).toList());
        Table table = new Table("updates", "lowest", "median", "highest", "target");
        table.row("polls/s", Table.number(polled.min()), Table.number(polled.median()),
                Table.number(polled.max()),
                "10,000");
        table.row("download, MiB/s", Table.number(ours.min()), Table.number(ours.median()),
                Table.number(ours.max()), "");
        table.row("download beside nginx", Table.number(ratio.min()), Table.number(ratio.median()),
                Table.number(ratio.max()), "0.80");
        Table steps = new Table("a campaign over %,d devices".formatted(campaign.matched()), "seconds",
                "target");
        steps.row("created", Table.number(campaign.create()), "");
        steps.row("started", Table.number(campaign.start()), "");
        steps.row("both", Table.number(campaign.create() + campaign.start()), "10");
        steps.row("then, to the first offers", Table.number(campaign.offered()), "");
        return "%s\n\n%s\n%s\n%,d devices in the database, %,d of them polling over %d connections; %d MiB downloaded over %d.\n"
                .formatted(machine.text(), table.text(), steps.text(), load.devices(), load.polling(),
                        load.pollConnections(), load.megabytes(), load.connections());
    }
}
