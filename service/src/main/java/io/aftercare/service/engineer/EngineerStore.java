package io.aftercare.service.engineer;

import io.aftercare.fleet.http.Json;
import java.sql.Array;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/// Engineers in the database. Works in the caller's transaction.
final class EngineerStore {
    private static final String COLUMNS = """
            name, number, version, level, skills, region, outlet, latitude, longitude, shift, off, training_due""";

    private EngineerStore() {}

    /// Somebody of the staff who may be an engineer.
    ///
    /// @param outlet of the partner, empty for our own people
    record Person(String region, String outlet) {}

    /// The active user of this name with the role of an engineer.
    static Optional<Person> person(Handle handle, String name) {
        return handle.createQuery(
                """
                        SELECT region, outlet FROM fleet.staff WHERE name = :name AND active AND 'engineer' = ANY(roles)""")
                .bind("name", name).map((row, _) -> new Person(row.getString(1), row.getString(2))).findOne();
    }

    /// Adds somebody; empty where they are there already.
    static Optional<Engineer> insert(Handle handle, String name, String outlet, Engineer.Profile profile,
            LocalDate trainingDue, Instant now) {
        return bind(handle.createUpdate("""
                INSERT INTO service.engineer (name, level, skills, region, outlet, latitude, longitude, shift,
                    training_due, created_at)
                VALUES (:name, :level, :skills, :region, :outlet, :lat, :lon, :shift::jsonb, :due, :now)
                ON CONFLICT (name) DO NOTHING"""), profile).bind("name", name).bind("outlet", outlet)
                .bind("due", trainingDue).bind("now", now).execute() == 1
                        ? find(handle, name)
                        : Optional.empty();
    }

    static Engineer update(Handle handle, Engineer engineer, LocalDate trainingDue) {
        bind(handle.createUpdate("""
                UPDATE service.engineer SET version = version + 1, level = :level, skills = :skills,
                    region = :region, latitude = :lat, longitude = :lon, shift = :shift::jsonb, off = :off,
                    training_due = :due
                WHERE name = :name"""), engineer.profile()).bind("name", engineer.name())
                .bind("off", engineer.off()).bind("due", trainingDue).execute();
        return find(handle, engineer.name()).orElseThrow();
    }

    static Optional<Engineer> find(Handle handle, String name) {
        return handle.createQuery("SELECT " + COLUMNS + " FROM service.engineer WHERE name = :name")
                .bind("name", name).map((row, _) -> engineer(row)).findOne();
    }

    static Optional<Engineer> lock(Handle handle, String name) {
        return handle
                .createQuery("SELECT " + COLUMNS + " FROM service.engineer WHERE name = :name FOR UPDATE")
                .bind("name", name).map((row, _) -> engineer(row)).findOne();
    }

    /// Everybody, by name. A firm's engineers fit into memory: some hundreds.
    static List<Engineer> all(Handle handle) {
        return handle.createQuery("SELECT " + COLUMNS + " FROM service.engineer ORDER BY name")
                .map((row, _) -> engineer(row)).list();
    }

    private static <S extends SqlStatement<S>> S bind(S sql, Engineer.Profile profile) {
        Engineer.Home home = profile.home();
        return sql.bind("level", profile.level().text())
                .bind("skills", profile.skills().toArray(String[]::new))
                .bind("region", profile.region()).bind("lat", home == null ? null : (Double) home.lat())
                .bind("lon", home == null ? null : (Double) home.lon())
                .bind("shift", Json.text(profile.shift()));
    }

    private static Engineer engineer(ResultSet row) throws SQLException {
        Array skills = row.getArray("skills");
        double lat = row.getDouble("latitude");
        Engineer.Home home = row.wasNull() ? null : new Engineer.Home(lat, row.getDouble("longitude"));
        return new Engineer(row.getString("name"), row.getLong("number"), row.getInt("version"),
                row.getString("outlet"),
                new Engineer.Profile(Level.parse(row.getString("level")),
                        List.of((String[]) skills.getArray()), row.getString("region"), home,
                        Json.convert(Json.parse(row.getString("shift")), Shift.class)),
                row.getBoolean("off"), day(row, "training_due"));
    }

    static @Nullable LocalDate day(ResultSet row, String column) throws SQLException {
        Date day = row.getDate(column);
        return day == null ? null : day.toLocalDate();
    }
}
