package io.aftercare.benchmarks;

import io.aftercare.benchmarks.query.QueryReport;
import io.aftercare.benchmarks.query.QueryRun;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// How long it takes to look at a metric's last day.
@Command(name = "query", mixinStandardHelpOptions = true, description = "The last 24 hours of one metric of one device in 500 buckets, by HTTP, with many points stored.")
final class QueryCommand implements Callable<Integer> {
    @Mixin
    CommonOptions common = new CommonOptions();

    @Option(names = "--devices", defaultValue = "10000", description = "default ${DEFAULT-VALUE}")
    int devices;

    @Option(names = "--rows", defaultValue = "2000", description = "rows of five metrics a device, over the last 24 hours (default ${DEFAULT-VALUE})")
    int rows;

    @Option(names = "--requests", defaultValue = "2000", description = "default ${DEFAULT-VALUE}")
    int requests;

    @Option(names = "--peer-share", defaultValue = "20", description = "the table of one row a metric gets one of so many devices (default ${DEFAULT-VALUE})")
    int peerShare;

    @Option(names = "--days-ago", defaultValue = "0", description = "move the day so far into the past; from 3 on it is compressed before it is asked for (default ${DEFAULT-VALUE})")
    int daysAgo;

    @Override
    public Integer call() throws Exception {
        QueryReport report = new QueryRun(common.folder, common.backend(), common.jvm, common::tell)
                .run(new QueryRun.Load(devices, rows, requests, peerShare, daysAgo));
        common.publish("query", report.markdown(), report);
        return 0;
    }
}
