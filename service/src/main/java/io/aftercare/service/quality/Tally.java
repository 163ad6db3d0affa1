package io.aftercare.service.quality;

import io.aftercare.service.quality.CaseFact.Move;
import io.aftercare.service.ticket.TicketState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Counts cases into [Figures], one after the other, so that any number fits into little memory. The formulas are those of
/// the service desk's KPIs (R25, R60, R62). Used by one thread; pure otherwise.
final class Tally {
    /// A solution that held this long counts as one.
    static final Duration HELD = Duration.ofDays(30);
    private static final double SECONDS = 60;

    private int cases;
    private int responded;
    private double responseSeconds;
    private int solved;
    private double resolutionSeconds;
    private double pausedSeconds;
    private int firstTime;
    private int met;
    private int breached;
    private int closings;
    private int held;
    private int answers;
    private double scores;

    void add(CaseFact fact) {
        cases++;
        Instant answer = fact.responded();
        if (answer != null) {
            responded++;
            responseSeconds += seconds(fact.opened(), answer);
        }
        met += fact.met();
        breached += fact.breached();
        if (fact.satisfaction() != null) {
            answers++;
            scores += fact.satisfaction();
        }
        solution(fact);
        closings(fact.moves());
    }

    private void solution(CaseFact fact) {
        Instant first = null;
        Instant last = null;
        for (Move move : fact.moves()) {
            if (move.to() == TicketState.RESOLVED) {
                first = first == null ? move.at() : first;
                last = move.at();
            } else if (move.to() == TicketState.REOPENED) {
                last = null; // it was none
            }
        }
        if (first == null || last == null) {
            return;
        }
        solved++;
        resolutionSeconds += seconds(fact.opened(), last);
        pausedSeconds += Math.min(fact.paused().toMillis() / 1000.0, seconds(fact.opened(), last));
        Instant until = first.plus(HELD);
        boolean again = fact.moves().stream()
                .anyMatch(move -> move.to() == TicketState.REOPENED && !move.at().isAfter(until));
        firstTime += again || fact.visits() > 1 ? 0 : 1;
    }

    private void closings(List<Move> moves) {
        for (int i = 0; i < moves.size(); i++) {
            Move move = moves.get(i);
            if (move.to() == TicketState.CLOSED) {
                closings++;
                boolean undone = i + 1 < moves.size() && moves.get(i + 1).to() == TicketState.REOPENED
                        && !moves.get(i + 1).at().isAfter(move.at().plus(HELD));
                held += undone ? 0 : 1;
            }
        }
    }

    Figures figures() {
        return new Figures(cases, responded, solved, closings, met + breached, answers,
                mean(responseSeconds / SECONDS, responded), mean(resolutionSeconds / SECONDS, solved),
                mean((resolutionSeconds - pausedSeconds) / SECONDS, solved), mean(firstTime, solved),
                mean(met, met + breached), mean(held, closings), mean(scores, answers));
    }

    /// To four decimals, because reports are compared digit by digit.
    private static @Nullable Double mean(double sum, int count) {
        return count == 0 ? null : Double.valueOf(Math.round(sum / count * 10_000) / 10_000.0);
    }

    private static double seconds(Instant from, Instant to) {
        return Math.max(0, Duration.between(from, to).toMillis() / 1000.0);
    }
}
