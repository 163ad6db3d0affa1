package io.aftercare.service.part;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A kind of part, identified by its code, with the models it fits and its specification (R43).
///
/// @param models        devices that it fits; empty for any
/// @param genuine       made by, or for, the maker of the device
/// @param certificate   what certifies a part of another maker, null for none
/// @param purchasePrice what it costs us where no delivery says otherwise
/// @param safetyStock   the level set by hand; [io.aftercare.service.stock.SafetyStock] computes one beside it
public record Part(String code, int version, Names name, String specification, List<String> models,
        @JsonProperty("class") PartClass kind, boolean genuine, @Nullable String certificate,
        @Nullable String supplier,
        BigDecimal purchasePrice, int safetyStock, PartState state) {
    public Part {
        models = List.copyOf(models);
    }

    /// The name as customers read it.
    public record Names(String zh, String en) {
        public String in(String language) {
            return language.startsWith("zh") ? zh : en;
        }
    }

    /// Whether it may go into a customer's device: genuine or certified parts only (R34).
    public boolean mayBeFitted() {
        return genuine || (certificate != null && !certificate.isBlank());
    }

    public boolean fits(String model) {
        return models.isEmpty() || models.contains(model);
    }

    Part at(int newVersion) {
        return new Part(code, newVersion, name, specification, models, kind, genuine, certificate, supplier,
                purchasePrice, safetyStock, state);
    }
}
