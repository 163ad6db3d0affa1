package io.aftercare.fleet.people;

import java.util.List;

/// Somebody whom work may be given to, with no more than a colleague needs to choose among them.
public record Assignee(String name, List<Role> roles) {}
