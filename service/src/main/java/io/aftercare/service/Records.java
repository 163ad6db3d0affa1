package io.aftercare.service;

import io.aftercare.service.casefile.CaseFileSource;
import io.aftercare.service.casefile.CaseFiles;
import io.aftercare.service.complaint.ComplaintRoom;
import io.aftercare.service.cost.CostSummary;
import io.aftercare.service.cost.Costs;
import io.aftercare.service.customer.Customers;
import io.aftercare.service.emergency.DrillCases;
import io.aftercare.service.quality.CostFigures;
import io.aftercare.service.quality.FaultStatistics;
import io.aftercare.service.quality.QualityRoom;
import io.aftercare.service.quality.Sources;
import io.aftercare.service.survey.SurveyRoom;
import io.aftercare.service.ticket.Cases;
import io.aftercare.service.workorder.WorkOrders;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What the desk writes down of its own work: costs, case files, figures and reports.
final class Records implements Wing {
    /// How long the archive goes without an audit before somebody is reminded: about a quarter.
    private static final Duration AUDIT_EVERY = Duration.ofDays(92);

    private final List<Room> rooms;

    /// @param orders whose work orders belong into the files
    /// @param faults how often devices failed
    Records(DeskGround ground, Cases cases, WorkOrders orders, FaultStatistics faults, ServiceConfig config) {
        List<CaseFileSource> files = DeskDocuments.sources(orders);
        Sources sources = new Sources(DrillCases::of, orders::visits, SurveyRoom::scores,
                (handle, from, to) -> ComplaintRoom.hotSpots(handle, from, to).stream()
                        .map(spot -> new Sources.HotSpot(spot.product(), spot.kind(), spot.cause(),
                                spot.complaints()))
                        .toList());
        Costs costs = new Costs(ground, cases, Customers::gradeOfTicket, QualityRoom::zone);
        this.rooms = List.of(costs, new CaseFiles(ground, cases, files, config.lookEvery(), AUDIT_EVERY),
                new QualityRoom(ground, faults, sources, books(costs), config.currency(),
                        config.lookEvery()));
    }

    private static CostFigures.Books books(Costs costs) {
        return (handle, period) -> {
            CostSummary summary = costs.summary(handle, period);
            Map<String, BigDecimal> kinds = new TreeMap<>();
            summary.byKind().forEach(share -> kinds.put(share.name(), share.amount()));
            return new CostFigures(summary.amount(), summary.perTicket(), kinds);
        };
    }

    @Override
    public List<Room> rooms() {
        return rooms;
    }
}
