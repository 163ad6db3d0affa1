package io.aftercare.service.notice;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.aftercare.service.text.Language;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// How a member of staff wants to be told.
///
/// @param email  where to, null for nowhere
/// @param byMail whether letters are wanted beside the list here
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Wishes(Language language, @Nullable String email, boolean byMail, int version) {
    static final Wishes NONE = new Wishes(Language.EN, null, false, 0);

    static Wishes of(Handle handle, String name) {
        return handle.createQuery("""
                SELECT language, email, by_mail, version FROM service.notice_wish WHERE name = :name""")
                .bind("name", name).map((row, _) -> new Wishes(Language.of(row.getString(1)),
                        row.getString(2), row.getBoolean(3), row.getInt(4)))
                .findOne().orElse(NONE);
    }

    /// @return the version now; empty where it is not `version` any more (0 where there is none yet)
    static Optional<Integer> put(Handle handle, String name, Wishes wishes) {
        return handle.createQuery("""
                INSERT INTO service.notice_wish AS old (name, language, email, by_mail)
                SELECT :name, :language, :email, :byMail
                WHERE :version = 0 OR EXISTS (SELECT FROM service.notice_wish WHERE name = :name)
                ON CONFLICT (name) DO UPDATE SET language = excluded.language, email = excluded.email,
                    by_mail = excluded.by_mail, version = old.version + 1
                WHERE old.version = :version RETURNING version""").bind("name", name)
                .bind("language", wishes.language().text()).bind("email", wishes.email())
                .bind("byMail", wishes.byMail()).bind("version", wishes.version()).mapTo(Integer.class)
                .findOne();
    }
}
