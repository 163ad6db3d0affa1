package io.aftercare.fleet.people;

import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The staff, kept by admins; and who of them may be given work, for everybody.
public final class UserRoutes {
    private final Staff staff;

    public UserRoutes(Staff staff) {
        this.staff = staff;
    }

    public void bind(Operations operations) {
        operations.on("addUser", this::add)
                .on("listUsers", request -> Response.ok(staff.list(request.limit(), request.cursor())))
                .on("listAssignees", this::assignees)
                .on("changeUser", this::change)
                .on("removeUser", this::remove);
    }

    private Response add(Request request) {
        Member member = staff.add(request.principal(), request.body(NewMember.class));
        return Response.created("/api/v1/users/" + member.username(), member).withVersion(member.version());
    }

    private Response assignees(Request request) {
        Set<Role> roles = request.query("role").stream()
                .flatMap(names -> Stream.of(names.split(",", -1)))
                .map(name -> Role.parse(name)
                        .orElseThrow(() -> Problem.invalid("role", "there is no role " + name)))
                .collect(Collectors.toSet());
        return Response.ok(staff.assignees(request.principal(), roles, request.limit(), request.cursor()));
    }

    private Response change(Request request) {
        Member member = staff.change(request.principal(), request.path("name"),
                request.body(MemberChange.class), request.ifMatchGiven());
        return Response.versioned(member, member.version());
    }

    private Response remove(Request request) {
        staff.remove(request.principal(), request.path("name"));
        return Response.noContent();
    }
}
