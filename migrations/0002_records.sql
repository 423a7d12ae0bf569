-- Records: every version of every record, from the release that brought it to the one that ended it. Nothing is overwritten.

create table record (
    id           bigint  generated always as identity primary key,
    collection   text    not null,
    source       text    not null,
    -- The public number, drawn from collection and key; the same in every version.
    feature_id   bigint  not null check (feature_id >= 0 and feature_id < 9007199254740992),
    -- The stated values by field, those of the natural key among them; what the source does not state is absent. Money in integer cents.
    properties   jsonb   not null,
    -- SHA-256 of properties and locations: what tells a changed record from an unchanged one.
    hash         bytea   not null check (octet_length(hash) = 32),
    release_from bigint  not null references release,
    -- The release that changed or no longer had it; null while it stands.
    release_to   bigint  references release
);

-- Two standing records never share a number.
create unique index record_standing on record (collection, feature_id) where release_to is null;
create index record_standing_by_source on record (source) where release_to is null;
create index record_history on record (collection, feature_id, release_from);

create table location (
    record_id         bigint   not null references record on delete cascade,
    -- From 0, in the order of the source.
    ordinal           integer  not null,
    precision         text     not null check (precision in ('geometry', 'address', 'municipality', 'province', 'none')),
    province          text     check (province ~ '^[0-9]{3}$'),
    municipality      text     check (municipality ~ '^[0-9]{6}$'),
    municipality_name text,
    address           text,
    postal_code       text,
    -- As declared, in per cent; shares are not made to add up.
    share_percent     double precision check (share_percent between 0 and 100),
    geometry          geometry(Geometry, 4326),
    primary key (record_id, ordinal),
    check ((precision = 'geometry') = (geometry is not null))
);

create index location_by_municipality on location (municipality);
create index location_by_geometry on location using gist (geometry);

comment on table record is 'Versions of records; those that stand have no release_to';
comment on table location is 'Places of a record version, each with its precision';
