package io.aftercare.diagnostics.backtest;

import java.time.Instant;
import java.util.List;

/// Cases about which people have decided whether a fault was behind them. Blocks.
@FunctionalInterface
public interface ConfirmedCases {
    /// Bound on the cases that one comparison looks at.
    int CASES_MAX = 10_000;

    /// Nobody has decided anything.
    ConfirmedCases NONE = (_, _, _) -> List.of();

    /// One case.
    ///
    /// @param ticket    its number
    /// @param confirmed false where the fault was told and people found that it was none, or another
    /// @param openedAt  when the case was opened: when people knew
    /// @param solvedAt  when it was solved
    record Case(String ticket, String device, boolean confirmed, Instant openedAt, Instant solvedAt) {}

    /// The cases of a fault that were opened in a span of time, the earliest first.
    ///
    /// @param code of the fault
    /// @param to   exclusive
    List<Case> of(String code, Instant from, Instant to);
}
