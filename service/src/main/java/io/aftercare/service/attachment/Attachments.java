package io.aftercare.service.attachment;

import io.aftercare.fleet.audit.Audit;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import io.aftercare.service.DeskGround;
import io.aftercare.service.Room;
import io.aftercare.service.attachment.ContentStore.Kept;
import io.aftercare.service.ticket.Actor;
import io.aftercare.service.ticket.Cases;
import io.aftercare.service.ticket.Note;
import io.aftercare.service.ticket.Ticket;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/// Files of cases. A file is on the disk before its row is written, so that no row ever lacks its file; a file without a
/// row, left by a crash in between, is found again by its content when it is sent again. Thread-safe; blocks.
public final class Attachments implements Room {
    private static final int NAME_CHARACTERS_MAX = 200;

    private final DeskGround ground;
    private final Cases cases;
    private final AttachmentConfig config;
    private final ContentStore store;

    public Attachments(DeskGround ground, Cases cases, AttachmentConfig config) {
        this.ground = ground;
        this.cases = cases;
        this.config = config;
        this.store = new ContentStore(config.directory());
        cases.show("attachments", (handle, ticket, _) -> AttachmentStore.of(handle, ticket.id()));
    }

    @Override
    public void bind(Operations operations) {
        operations.onBody("attachToTicket", this::attach).on("listTicketAttachments", this::list)
                .on("getTicketAttachment", this::content);
    }

    /// Attaches what comes to a case, for a channel that has a file: its sender has been let in already.
    ///
    /// @param contentType as the sender names it; a [Problem] 415 where such files are not taken
    /// @throws Problem 413 where it is too long, 400 where it is empty or not what it is said to be
    public Attachment attach(long ticket, String name, String contentType, InputStream content, Actor actor)
            throws IOException {
        return attached(ticket, name, contentType, content, actor).attachment();
    }

    private AttachmentStore.Added attached(long ticket, String name, String contentType, InputStream content,
            Actor actor) throws IOException {
        String plain = plain(name);
        FileType type = FileType.parse(contentType).orElseThrow(() -> Problem.of(415, "Not taken",
                "Files of type " + contentType + " are not taken; send one of "
                        + String.join(", ",
                                List.of(FileType.values()).stream().map(FileType::media).toList())));
        Kept kept = store.keep(content, config.bytesMax()).orElseThrow(() -> Problem.of(413, "Too large",
                "A file has at most " + config.bytesMax() + " bytes"));
        if (kept.bytes() == 0 || !type.fits(kept.head())) {
            throw Problem.badRequest(kept.bytes() == 0
                    ? "The file is empty"
                    : "The content is no " + type.media() + ", whatever its name says");
        }
        return ground.database().inTransaction(handle -> add(handle, ticket, plain, type, kept, actor));
    }

    private AttachmentStore.Added add(Handle handle, long ticket, String name, FileType type, Kept kept,
            Actor actor) {
        AttachmentStore.Added added = AttachmentStore.add(handle, ticket, name, type, kept, actor.name(),
                ground.now());
        if (added.isNew()) {
            cases.note(handle, ticket, actor, new Note(ground.now(), "attachment", name,
                    Json.object().put("attachment", added.attachment().id()).put("type", type.media())
                            .put("bytes", kept.bytes())));
            Audit.append(handle, new Audit.Entry(actor.principal(), "ticket.attach", "ticket/" + ticket,
                    Json.object().put("sha256", kept.sha256()).put("type", type.media()), actor.address()));
        }
        return added;
    }

    private Response attach(Request request, InputStream body) throws IOException {
        Ticket ticket = ground.database().inTransaction(handle -> cases.visible(handle, request));
        AttachmentStore.Added added = attached(ticket.id(), request.query("name").orElse("file"),
                request.header("Content-Type").orElse("application/octet-stream"), body,
                new Actor(request.principal(), request.address()));
        return new Response(added.isNew() ? 201 : 200, added.attachment(), Map.of());
    }

    private Response list(Request request) {
        return Response.ok(ground.database().inTransaction(handle -> Json.object().set("items",
                Json.tree(AttachmentStore.of(handle, cases.visible(handle, request).id())))));
    }

    private Response content(Request request) throws IOException {
        String id = request.path("attachment");
        Attachment found = ground.database().inTransaction(handle -> AttachmentStore
                .find(handle, cases.visible(handle, request).id(), Long.parseLong(id))
                .orElseThrow(() -> Problem.notFound("attachment", id)));
        byte[] content = store.read(found.sha256()).orElseThrow(() -> Problem.of(503, "Not here",
                "The file " + found.sha256() + " is not on this machine's disk; restore the data directory"));
        String name = URLEncoder.encode(found.name(), StandardCharsets.UTF_8).replace("+", "%20");
        return new Response(200, Buffer.buffer(content), Map.of("Content-Type", found.type(),
                "Content-Disposition", "attachment; filename*=UTF-8''" + name, "X-Content-Type-Options",
                "nosniff", "Content-Security-Policy", "default-src 'none'; sandbox", "Cache-Control",
                "private, no-store"));
    }

    private static String plain(String name) {
        String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1)
                .replaceAll("\\p{Cntrl}", "").strip();
        String shorter = last.length() > NAME_CHARACTERS_MAX
                ? last.substring(last.length() - NAME_CHARACTERS_MAX)
                : last;
        return shorter.isEmpty() ? "file" : shorter;
    }
}
