-- Attempts: each time that a file of a source was asked for at its publisher's, and what came of it.

create table attempt (
    id            bigint generated always as identity primary key,
    source        text        not null,
    url           text        not null,
    started_at    timestamptz not null,
    elapsed_ms    bigint      not null check (elapsed_ms >= 0),
    -- What the server answered in the end, after redirects; null if it did not answer.
    status        integer,
    -- What was received this time, unpacked.
    bytes         bigint      not null check (bytes >= 0),
    -- SHA-256 of the whole file, in hexadecimal; and what the server called this state of it.
    sha256        text        check (sha256 ~ '^[0-9a-f]{64}$'),
    etag          text,
    last_modified text,
    outcome       text        not null check (outcome in ('fetched', 'unchanged', 'failed')),
    error         text,
    check ((outcome = 'failed') = (error is not null)),
    check ((outcome = 'failed') = (sha256 is null))
);

create index attempt_by_source on attempt (source, id desc);
create index attempt_by_url on attempt (source, url, id desc) where outcome <> 'failed';

comment on table attempt is 'What came of asking for the files of sources';
