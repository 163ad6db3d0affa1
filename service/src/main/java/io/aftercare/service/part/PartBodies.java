package io.aftercare.service.part;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.aftercare.fleet.http.Problem;
import io.aftercare.service.money.Money;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What people send about parts; the OpenAPI document has checked the shape.
final class PartBodies {
    private PartBodies() {}

    record Card(@Nullable String code, Part.Names name, @Nullable String specification,
            @Nullable List<String> models, @JsonProperty("class") PartClass kind, @Nullable Boolean genuine,
            @Nullable String certificate, @Nullable String supplier, @Nullable BigDecimal purchasePrice,
            @Nullable Integer safetyStock, @Nullable PartState state) {
        Part toPart(String partCode, int version) {
            return new Part(partCode, version, name, specification == null ? "" : specification,
                    models == null ? List.of() : models, kind, genuine != null && genuine,
                    certificate == null || certificate.isBlank() ? null : certificate, supplier,
                    purchasePrice == null ? Money.ZERO : Money.parse("purchasePrice", purchasePrice),
                    safetyStock == null ? 0 : safetyStock, state == null ? PartState.ACTIVE : state);
        }

        String newCode() {
            if (code == null) {
                throw Problem.invalid("code", "say the part's code");
            }
            return code;
        }
    }

    record PriceTag(BigDecimal amount, @Nullable LocalDate from) {}

    record Lot(String batch, @Nullable String supplier, @Nullable String supplierBatch,
            @Nullable LocalDate expires) {}
}
