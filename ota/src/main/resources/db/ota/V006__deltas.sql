-- Patches that make an artifact from one that devices run already. Numbered through the release, from 1, as they are signed.
CREATE TABLE ota.delta (
    release     int    NOT NULL,
    number      int    NOT NULL,
    place       int    NOT NULL,  -- of the artifact that it makes
    from_sha256 text   NOT NULL,
    name        text   NOT NULL,
    size        bigint NOT NULL,
    sha256      text   NOT NULL,
    format      text   NOT NULL,
    PRIMARY KEY (release, number),
    FOREIGN KEY (release, place) REFERENCES ota.artifact
);
