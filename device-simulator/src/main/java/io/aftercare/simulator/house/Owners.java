package io.aftercare.simulator.house;

import java.util.List;
import java.util.NoSuchElementException;

/// Who has which device.
record Owners(List<Appliance> appliances) {
    Owners {
        appliances = List.copyOf(appliances);
    }

    Neighbour ownerOf(String device) {
        return find(device).owner();
    }

    Appliance find(String device) {
        return appliances.stream().filter(each -> each.id().equals(device)).findFirst()
                .orElseThrow(() -> new NoSuchElementException("there is no device " + device));
    }
}
