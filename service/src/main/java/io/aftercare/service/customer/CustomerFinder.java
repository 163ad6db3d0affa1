package io.aftercare.service.customer;

import io.aftercare.fleet.search.Finder;

/// Finds customers' files by how their id begins. Who the person is stays apart: people are found by their whole phone number or
/// address, in a request that is audited and that no address of a page tells (`POST /customers/search`).
public final class CustomerFinder {
    private CustomerFinder() {}

    public static Finder finder() {
        return Finder.of("customer", "listCustomers", (handle, wanted) -> handle.createQuery("""
                SELECT c.id, c.id AS title, c.grade AS sub FROM service.customer c
                WHERE starts_with(c.id, :text) AND c.merged_into IS NULL AND NOT :partner
                ORDER BY c.id LIMIT :limit""").bind("text", wanted.text()).bind("partner", wanted.isPartner())
                .bind("limit", wanted.limit()));
    }
}
