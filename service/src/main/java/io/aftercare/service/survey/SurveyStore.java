package io.aftercare.service.survey;

import io.aftercare.fleet.postgres.Columns;
import io.aftercare.service.text.Kebab;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Surveys in the database. Works in the caller's transaction.
final class SurveyStore {
    private SurveyStore() {}

    /// What a customer said.
    record Said(Scores scores, @Nullable String comment, String way, @Nullable String recordedBy) {}

    /// Asks about a case, if nobody has yet.
    ///
    /// @return the new survey, empty where there was one
    static Optional<Survey> insert(Handle handle, long ticket, @Nullable String customer, Instant now,
            Duration valid) {
        return handle
                .createQuery(
                        """
                                INSERT INTO service.survey (ticket, customer, state, sent_at, expires_at, engineer, outlet, region, model)
                                SELECT t.id, :customer, 'sent', :now, :expires, t.owner, coalesce(d.outlet, ''), coalesce(d.region, ''),
                                    coalesce(d.model, '')
                                FROM service.ticket t LEFT JOIN fleet.device d ON d.id = t.device WHERE t.id = :ticket
                                ON CONFLICT (ticket) DO NOTHING RETURNING *""")
                .bind("ticket", ticket).bind("customer", customer)
                .bind("now", now).bind("expires", now.plus(valid)).map((row, _) -> survey(row)).findOne();
    }

    static Optional<Survey> ofTicket(Handle handle, long ticket) {
        return handle.createQuery("SELECT * FROM service.survey WHERE ticket = :ticket")
                .bind("ticket", ticket)
                .map((row, _) -> survey(row)).findOne();
    }

    static Optional<Survey> lockOfTicket(Handle handle, long ticket) {
        return handle.createQuery("SELECT * FROM service.survey WHERE ticket = :ticket FOR UPDATE")
                .bind("ticket", ticket).map((row, _) -> survey(row)).findOne();
    }

    static Survey answer(Handle handle, long id, Said said, Instant now) {
        Scores scores = said.scores();
        return handle
                .createQuery(
                        """
                                UPDATE service.survey SET state = 'answered', way = :way, answered_at = :now, recorded_by = :by,
                                    speed = :speed, attitude = :attitude, effect = :effect, resolution = :resolution, parts = :parts,
                                    professionalism = :professionalism, comment = :comment
                                WHERE id = :id RETURNING *""")
                .bind("id", id).bind("way", said.way()).bind("now", now)
                .bind("by", said.recordedBy()).bind("speed", scores.speed())
                .bind("attitude", scores.attitude())
                .bind("effect", scores.effect()).bind("resolution", scores.resolution())
                .bind("parts", scores.parts()).bind("professionalism", scores.professionalism())
                .bind("comment", said.comment()).map((row, _) -> survey(row)).one();
    }

    /// Ends the links that are over.
    ///
    /// @return how many
    static int expire(Handle handle, Instant now, int limit) {
        return handle.createUpdate("""
                UPDATE service.survey SET state = 'expired' WHERE id IN (
                    SELECT id FROM service.survey WHERE state = 'sent' AND expires_at <= :now
                    ORDER BY expires_at LIMIT :limit FOR UPDATE SKIP LOCKED)""").bind("now", now)
                .bind("limit", limit).execute();
    }

    static List<Survey> ofCustomer(Handle handle, List<String> ids) {
        return handle
                .createQuery(
                        "SELECT * FROM service.survey WHERE customer = ANY(:ids) ORDER BY id DESC LIMIT 100")
                .bind("ids", ids.toArray(String[]::new)).map((row, _) -> survey(row)).list();
    }

    /// Takes the customer's own words out; the scores stay.
    static void forget(Handle handle, List<String> ids) {
        handle.createUpdate("UPDATE service.survey SET comment = NULL WHERE customer = ANY(:ids)")
                .bind("ids", ids.toArray(String[]::new)).execute();
    }

    static Survey survey(ResultSet row) throws SQLException {
        SurveyState state = Kebab.parse(SurveyState.class, row.getString("state")).orElseThrow();
        Scores scores = state == SurveyState.ANSWERED
                ? new Scores(row.getInt("speed"), row.getInt("attitude"), row.getInt("effect"),
                        row.getInt("resolution"), Columns.number(row, "parts"), row.getInt("professionalism"))
                : null;
        return new Survey(row.getLong("id"), row.getLong("ticket"), row.getString("customer"), state,
                Columns.time(row, "sent_at"), Columns.time(row, "expires_at"), row.getString("way"),
                Columns.instant(row, "answered_at"), row.getString("recorded_by"), scores,
                row.getString("comment"), row.getString("engineer"), row.getString("outlet"),
                row.getString("region"), row.getString("model"));
    }
}
