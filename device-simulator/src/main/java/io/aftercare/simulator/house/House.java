package io.aftercare.simulator.house;

import io.aftercare.simulator.link.Broker;
import io.aftercare.simulator.staff.StaffApi;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Fills a backend that runs with one house. To be called once for a backend; what it makes stays, and its devices live until it is closed.
public final class House implements AutoCloseable {
    private final Setup setup;
    private final Consumer<String> tell;
    private @Nullable Household household;

    /// Where the house is built.
    ///
    /// @param password of everybody in the house
    /// @param folder   for what devices keep over power cuts
    /// @param seed     the same gives the same house
    /// @param small    devices have two days of past in place of a month, for tests
    public record Setup(String http, Broker broker, StaffApi admin, String password, Path folder, long seed,
            boolean small) {}

    /// @param tell hears what is done, a line each
    public House(Setup setup, Consumer<String> tell) {
        this.setup = setup;
        this.tell = tell;
    }

    /// Builds it.
    ///
    /// @return how many of what was made
    /// @throws IOException with the backend's words where it refuses something
    public Map<String, Integer> build() throws IOException, InterruptedException {
        Desk desk = new Desk(setup.http, setup.admin, setup.password);
        List<Appliance> appliances = Appliances.all(LocalDate.now(ZoneOffset.UTC), setup.seed);
        Owners owners = new Owners(appliances);
        new Opening(desk, setup.password).open();
        tell.accept(Town.PEOPLE.size() + " people, " + Town.OUTLETS.size() + " outlets");
        Moving moving = new Moving(desk);
        moving.move(appliances);
        new Library(desk).install();
        tell.accept(appliances.size() + " devices of " + Neighbours.ALL.size() + " customers");
        Door door = new Door(setup.http);
        Memories memories = new Memories(door, moving, setup.seed);
        memories.tell(appliances, setup.small);
        new Mishaps(door, moving, owners).happen();
        tell.accept("the devices have told their past");
        Workbench bench = new Workbench(setup.folder);
        Household living = new Household(new Household.Place(setup.broker, URI.create(setup.http),
                bench.trusted(), setup.folder, setup.seed), appliances, moving, memories);
        household = living;
        living.switchOn();
        tell.accept(living.size() + " devices are connected");
        Cases cases = work(desk, owners);
        new Care(desk, cases).take();
        new Alarm(desk).raise();
        new Scales(desk).weigh();
        tell.accept("complaints, emergencies, checks");
        new Rollouts(desk, bench, appliances).roll();
        tell.accept("campaigns run");
        return desk.made();
    }

    private Cases work(Desk desk, Owners owners) throws IOException, InterruptedException {
        new Bookshelf(desk).fill();
        CaseBook book = new CaseBook(owners);
        Cases cases = new Cases(desk);
        for (Case each : book.all()) {
            cases.play(each);
        }
        tell.accept("the desk has worked");
        field(desk, cases, new FieldBook(owners));
        tell.accept("engineers are on their way");
        return cases;
    }

    private static void field(Desk desk, Cases cases, FieldBook book)
            throws IOException, InterruptedException {
        new Crew(desk).hire();
        new Stockroom(desk).fill();
        for (Case each : book.visited()) {
            cases.play(each);
        }
        Field field = new Field(desk, cases);
        for (Visit each : Visit.ALL) {
            field.go(each);
        }
        for (Case each : book.returned()) {
            cases.play(each);
        }
        new Returns(desk, cases).take();
        for (Case each : book.quoted()) {
            cases.play(each);
        }
        new Money(desk, cases).count();
    }

    /// Switches the devices off.
    @Override
    public void close() {
        if (household != null) {
            household.close();
        }
    }
}
