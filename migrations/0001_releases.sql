-- Releases: what each source said, when it was taken in, and what became of its rows.

create extension if not exists postgis;

create table release (
    id              bigint generated always as identity primary key,
    source          text        not null,
    collection      text        not null,
    -- Invented data, which the first official release replaces.
    demo            boolean     not null,
    -- SHA-256 of the files, and of the definitions by which they were read: the same of both again is no new release.
    content_hash    bytea       not null check (octet_length(content_hash) = 32),
    definition_hash bytea       not null check (octet_length(definition_hash) = 32),
    generation      text,
    -- The latest day on which the source says that it touched its data.
    extracted_on    date,
    published_at    timestamptz not null default now(),
    -- Rows of the records' table: read = accepted + quarantined; filtered are those of other territories.
    rows_read        bigint     not null,
    rows_accepted    bigint     not null,
    rows_quarantined bigint     not null,
    rows_filtered    bigint     not null,
    locations_read        bigint not null,
    locations_accepted    bigint not null,
    locations_quarantined bigint not null,
    locations_filtered    bigint not null,
    -- How its records differ from those of the release of the same source before it.
    records_added     bigint    not null,
    records_changed   bigint    not null,
    records_removed   bigint    not null,
    records_unchanged bigint    not null,
    -- The files: [{"name", "table", "bytes", "sha256", "encoding"}].
    files           jsonb       not null,
    check (rows_read = rows_accepted + rows_quarantined),
    check (locations_read = locations_accepted + locations_quarantined)
);

create index release_by_source on release (source, id desc);

comment on table release is 'What a source said at one time';
