-- Whether the files of a letter are still to be put with its case.
ALTER TABLE service.mail_in ADD COLUMN pending boolean NOT NULL DEFAULT false;
CREATE INDEX mail_in_pending ON service.mail_in (id) WHERE pending;
