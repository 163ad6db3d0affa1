package io.aftercare.fleet.people;

import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;

/// The staff, kept by admins.
public final class UserRoutes {
    private final Staff staff;

    public UserRoutes(Staff staff) {
        this.staff = staff;
    }

    public void bind(Operations operations) {
        operations.on("addUser", this::add)
                .on("listUsers", request -> Response.ok(staff.list(request.limit(), request.cursor())))
                .on("changeUser", this::change)
                .on("removeUser", this::remove);
    }

    private Response add(Request request) {
        Member member = staff.add(request.principal(), request.body(NewMember.class));
        return Response.created("/api/v1/users/" + member.username(), member).withVersion(member.version());
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
