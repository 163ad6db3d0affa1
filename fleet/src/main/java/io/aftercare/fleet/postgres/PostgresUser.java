package io.aftercare.fleet.postgres;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// As whom PostgreSQL's programs run, because PostgreSQL refuses to run as root. Root runs them in a user namespace of their
/// own (`unshare -U`), where the same files belong to nobody in particular. Where the kernel forbids that (many containers),
/// they run as the user `nobody`, who is made the owner of the cluster and keeps root's way through folders of others.
///
/// @param prefix what stands before each command
/// @param owner  to whom the cluster must belong, empty for whom it belongs to
record PostgresUser(List<String> prefix, String owner) {
    static final PostgresUser SELF = new PostgresUser(List.of(), "");
    static final PostgresUser NAMESPACE = new PostgresUser(List.of("unshare", "-U"), "root");
    /// With the capability to pass folders that are closed to others, such as a data folder below `/root`.
    static final PostgresUser NOBODY_PASSING = new PostgresUser(List.of("setpriv", "--reuid=nobody",
            "--regid=nogroup", "--clear-groups", "--inh-caps=+dac_override", "--ambient-caps=+dac_override"),
            "nobody");
    static final PostgresUser NOBODY = new PostgresUser(
            List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"), "nobody");

    /// The first that works here.
    static PostgresUser find() throws IOException, InterruptedException {
        if (new UnixSystem().getUid() != 0) {
            return SELF;
        }
        Path output = Files.createTempFile("aftercare-probe", ".log");
        try {
            for (PostgresUser user : List.of(NAMESPACE, NOBODY_PASSING, NOBODY)) {
                if (user.works(output)) {
                    return user;
                }
            }
        } finally {
            Files.deleteIfExists(output);
        }
        throw new IOException(
                "PostgreSQL does not run as root, and neither unshare nor setpriv works here; start as"
                        + " another user, or name an outside database with AFTERCARE_DATABASE_URL");
    }

    private boolean works(Path output) throws InterruptedException {
        List<String> probe = new ArrayList<>(prefix);
        probe.add("true");
        try {
            return PostgresCommands.execute(probe, output) == 0;
        } catch (IOException e) {
            return false; // the program is not installed, which is one of the answers
        }
    }

    /// Makes what lies in `folder`, and itself, belong to whom the programs run as.
    void own(Path folder) throws IOException {
        if (owner.isEmpty()) {
            return;
        }
        UserPrincipal wanted = folder.getFileSystem().getUserPrincipalLookupService()
                .lookupPrincipalByName(owner);
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.toList()) {
                if (!Files.getOwner(file, LinkOption.NOFOLLOW_LINKS).equals(wanted)) {
                    Files.setOwner(file, wanted);
                }
            }
        }
    }
}
