package io.aftercare.service.requisition;

import io.aftercare.service.part.Part;
import io.aftercare.service.part.Parts;
import io.aftercare.service.ticket.Ticket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// What is missing before a part goes into a customer's device. Works in the caller's transaction; thread-safe.
public final class FittingGate {
    private final Agreements agreements;

    public FittingGate(Agreements agreements) {
        this.agreements = agreements;
    }

    /// Everything that is missing: a genuine or certified part (R34), the customer's quote (R7) and consent (R8), and an issued
    /// requisition of the case with so many (R46). Empty where nothing is.
    ///
    /// @param model of the device, empty where it is not known
    public Optional<String> missing(Handle handle, Ticket ticket, String model, String code, int quantity) {
        List<String> missing = new ArrayList<>(ofPart(handle, model, code));
        agreements.missingToRepair(handle, ticket).ifPresent(missing::add);
        agreements.missingToReplace(handle, ticket, code).ifPresent(missing::add);
        int issued = RequisitionStore.ofTicket(handle, ticket.id()).stream()
                .filter(requisition -> requisition.state().isIssued())
                .flatMap(requisition -> requisition.line(code).stream())
                .mapToInt(line -> line.quantity() - line.returned()).sum();
        if (issued < quantity) {
            missing.add("An issued requisition of " + ticket.number() + " for " + quantity + " of part "
                    + code
                    + " is missing (" + issued + " issued); ask for them at POST /api/v1/requisitions");
        }
        return missing.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", missing));
    }

    static List<String> ofPart(Handle handle, String model, String code) {
        Optional<Part> part = Parts.find(handle, code);
        if (part.isEmpty()) {
            return List.of("There is no part " + code + " in the catalogue");
        }
        List<String> missing = new ArrayList<>();
        if (!part.get().mayBeFitted()) {
            missing.add("Part " + code + " is neither genuine nor certified, so it is not fitted");
        }
        if (!model.isEmpty() && !part.get().fits(model)) {
            missing.add("Part " + code + " does not fit the model " + model);
        }
        return missing;
    }
}
