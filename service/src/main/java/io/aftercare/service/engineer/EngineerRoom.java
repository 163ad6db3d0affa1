package io.aftercare.service.engineer;

import io.aftercare.fleet.background.BackgroundLoop;
import io.aftercare.fleet.http.Operations;
import io.aftercare.service.DeskGround;
import io.aftercare.service.Room;
import java.time.Duration;
import java.util.List;

/// Engineers, their certificates, trainings and tools, and partner firms, wired.
public final class EngineerRoom implements Room {
    private final Engineers engineers = new Engineers();
    private final EngineerRoutes people;
    private final CertificationRoutes certifications;
    private final TrainingRoutes trainings;
    private final ToolRoutes tools;
    private final PartnerRoutes partners;
    private final Appraisal appraisal;
    private final BackgroundLoop reminders;

    /// @param lookEvery how often it is looked whom to remind
    public EngineerRoom(DeskGround ground, Jobs jobs, Satisfaction satisfaction, Duration lookEvery) {
        Desk desk = new Desk(ground);
        this.people = new EngineerRoutes(desk, jobs);
        this.certifications = new CertificationRoutes(desk);
        this.trainings = new TrainingRoutes(desk);
        this.tools = new ToolRoutes(desk);
        this.partners = new PartnerRoutes(desk);
        this.appraisal = new Appraisal(desk, jobs, satisfaction);
        this.reminders = new BackgroundLoop("engineer-reminders", lookEvery, new Reminders(desk)::run);
    }

    public Engineers engineers() {
        return engineers;
    }

    @Override
    public void bind(Operations operations) {
        people.bind(operations);
        certifications.bind(operations);
        trainings.bind(operations);
        tools.bind(operations);
        partners.bind(operations);
        operations.on("exportEngineerAppraisal", appraisal::csv);
    }

    @Override
    public List<BackgroundLoop> loops() {
        return List.of(reminders);
    }
}
