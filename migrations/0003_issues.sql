-- Issues: what was wrong with rows of a release, accepted or set aside, published beside them.

create table issue (
    release_id bigint not null references release on delete cascade,
    -- From 0, in the order of files and lines.
    ordinal    integer not null,
    file       text   not null,
    -- Line of the file, the header included; or number of the feature. From 1.
    line       bigint not null,
    field      text   not null,
    value      text   not null,
    kind       text   not null,
    severity   text   not null check (severity in ('warning', 'error')),
    message    text   not null,
    primary key (release_id, ordinal)
);

comment on table issue is 'Faults found in the rows of a release';
