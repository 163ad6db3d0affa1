package io.aftercare.fleet.people;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.audit.Audit;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Page;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.postgres.Database;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The people who may log in. Each change is audited in its own transaction; the last active admin can neither be removed
/// nor lose the role. Thread-safe; blocks.
public final class Staff {
    private static final String ADMIN = "admin";
    /// An auditor only reads, and a partner sees the own outlet's cases without working on them.
    private static final Set<Role> WORKING = Set
            .copyOf(EnumSet.complementOf(EnumSet.of(Role.AUDITOR, Role.PARTNER)));

    private final Database database;
    private final Passwords passwords = new Passwords();
    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();

    public Staff(Database database) {
        this.database = database;
    }

    /// Tells `listener` the name of somebody who changed or went, after the commit.
    void onChange(Consumer<String> listener) {
        listeners.add(listener);
    }

    /// Makes the first admin, named `admin`.
    ///
    /// @param password the one that the settings name. It wins: where `admin` has another one, it is reset to this one,
    ///                 and the sessions under the old one end
    /// @return a random password to print once, where there was no admin and the settings name no password
    public Optional<String> bootstrapAdmin(Optional<String> password) {
        Optional<StaffRow.Stored> admin = database.jdbi().withHandle(handle -> StaffRow.find(handle, ADMIN));
        if (password.isPresent()) {
            resetAdmin(admin, password.get());
            return Optional.empty();
        }
        boolean anAdmin = database.jdbi().withHandle(handle -> StaffRow.activeAdmins(handle, false)) > 0;
        if (anAdmin) {
            return Optional.empty();
        }
        String random = randomPassword();
        resetAdmin(admin, random);
        return Optional.of(random);
    }

    private void resetAdmin(Optional<StaffRow.Stored> admin, String password) {
        if (admin.isPresent() && admin.get().member().active()
                && admin.get().member().roles().contains(Role.ADMIN)
                && passwords.matches(password, admin.get().passwordHash())) {
            return;
        }
        String hash = passwords.hash(password);
        database.useTransaction(handle -> {
            StaffRow.putAdmin(handle, ADMIN, hash);
            StaffRow.endSessions(handle, ADMIN);
            String action = admin.isPresent() ? "user.password-reset" : "user.create";
            Audit.append(handle, Principal.SYSTEM, action, "user/" + ADMIN,
                    Json.object().put("by", "settings"));
        });
        tell(ADMIN);
    }

    private static String randomPassword() {
        byte[] bytes = new byte[15];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /// Who shows the right password and is active. Takes the same time for somebody unknown.
    Optional<Member> verify(String name, String password) {
        Optional<StaffRow.Stored> stored = database.jdbi().withHandle(handle -> StaffRow.find(handle, name));
        boolean right = passwords.matches(password, stored.map(StaffRow.Stored::passwordHash).orElse(null));
        return stored.map(StaffRow.Stored::member).filter(member -> right && member.active());
    }

    Member add(Principal actor, NewMember wanted) {
        requireOutlet(wanted.roles(), wanted.outlet());
        if (wanted.username().equals(Principal.SYSTEM.name())) {
            throw Problem.invalid("username", "system is the backend's own name");
        }
        String hash = passwords.hash(wanted.password());
        return database.inTransaction(handle -> {
            Member member = StaffRow.insert(handle, wanted, hash)
                    .orElseThrow(() -> Problem.conflict("There is a user " + wanted.username() + " already"));
            Audit.append(handle, actor, "user.create", "user/" + member.username(), describe(member));
            return member;
        });
    }

    Optional<Member> find(String name) {
        return database.jdbi().withHandle(handle -> StaffRow.find(handle, name)).map(StaffRow.Stored::member);
    }

    Page<Member> list(int limit, @Nullable String cursor) {
        List<Member> rows = database.jdbi().withHandle(handle -> StaffRow.list(handle, limit + 1, cursor));
        return Page.of(rows, limit, Member::username);
    }

    /// Who may be given work, by name. A partner gives it to people of the own outlet alone.
    ///
    /// @param wanted of these roles, all that work where it is empty
    Page<Assignee> assignees(Principal asker, Set<Role> wanted, int limit, @Nullable String cursor) {
        Set<Role> roles = wanted.isEmpty() ? WORKING : wanted;
        String outlet = asker.has(Role.PARTNER) ? asker.outlet() : null;
        List<Assignee> rows = database.jdbi()
                .withHandle(handle -> StaffRow.assignees(handle, roles, outlet, limit + 1, cursor));
        return Page.of(rows, limit, Assignee::name);
    }

    /// Changes somebody; a new password or fewer rights end their sessions.
    ///
    /// @param version the one that the caller saw, where it says so
    Member change(Principal actor, String name, MemberChange change, Optional<Integer> version) {
        String hash = change.password() == null ? null : passwords.hash(change.password());
        Member after = database.inTransaction(handle -> {
            Member before = locked(handle, name);
            if (version.isPresent() && version.get() != before.version()) {
                throw Problem.staleVersion("user", name, before.version());
            }
            Member wanted = applied(before, change);
            requireOutlet(wanted.roles(), wanted.outlet());
            if (isAdmin(before) && !isAdmin(wanted)) {
                requireAnotherAdmin(handle);
            }
            StaffRow.update(handle, wanted, hash);
            if (hash != null || !wanted.active() || !wanted.roles().containsAll(before.roles())) {
                StaffRow.endSessions(handle, name);
            }
            ObjectNode detail = Json.object().put("password", hash != null ? "changed" : "kept");
            detail.set("before", describe(before));
            detail.set("after", describe(wanted));
            Audit.append(handle, actor, "user.change", "user/" + name, detail);
            return wanted;
        });
        tell(name);
        return after;
    }

    void remove(Principal actor, String name) {
        database.useTransaction(handle -> {
            Member before = locked(handle, name);
            if (isAdmin(before)) {
                requireAnotherAdmin(handle);
            }
            StaffRow.delete(handle, name);
            Audit.append(handle, actor, "user.delete", "user/" + name, describe(before));
        });
        tell(name);
    }

    private static Member locked(Handle handle, String name) {
        StaffRow.activeAdmins(handle, true); // first, so that two admins who remove each other wait here
        return StaffRow.find(handle, name).map(StaffRow.Stored::member)
                .orElseThrow(() -> Problem.notFound("user", name));
    }

    private static void requireAnotherAdmin(Handle handle) {
        if (StaffRow.activeAdmins(handle, false) < 2) {
            throw Problem.conflict("This is the last admin; make another one first");
        }
    }

    private static boolean isAdmin(Member member) {
        return member.active() && member.roles().contains(Role.ADMIN);
    }

    private static void requireOutlet(Set<Role> roles, @Nullable String outlet) {
        if (roles.contains(Role.PARTNER) && (outlet == null || outlet.isEmpty())) {
            throw Problem.invalid("outlet", "a partner needs the outlet whose cases they see");
        }
    }

    private static Member applied(Member before, MemberChange change) {
        return new Member(before.username(), or(change.roles(), before.roles()),
                or(change.region(), before.region()), or(change.outlet(), before.outlet()),
                or(change.active(), before.active()), before.version() + 1, before.createdAt());
    }

    private static <T> T or(@Nullable T wanted, T before) {
        return wanted == null ? before : wanted;
    }

    private static ObjectNode describe(Member member) {
        ObjectNode detail = Json.object().put("region", member.region()).put("outlet", member.outlet())
                .put("active", member.active());
        detail.set("roles", Json.tree(member.roles().stream().sorted().toList()));
        return detail;
    }

    private void tell(String name) {
        listeners.forEach(listener -> listener.accept(name));
    }
}
