package io.aftercare.service.cost;

import com.fasterxml.jackson.annotation.JsonValue;
import io.aftercare.service.text.Kebab;

/// How far an entry has come (R50): `draft` → `verified` (the manager has seen the voucher) → `settled` (finance has booked
/// it). There is no way back; a settled entry is put right by a counter-entry.
public enum CostState {
    DRAFT, VERIFIED, SETTLED;

    @JsonValue
    public String text() {
        return Kebab.of(this);
    }

    static CostState parse(String text) {
        return Kebab.parse(CostState.class, text).orElseThrow();
    }
}
