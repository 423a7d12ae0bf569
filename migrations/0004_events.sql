-- Events: each change of what is published. A release can wait for a person's word, be published, and be withdrawn again; a
-- record stands from one event to another.

create table event (
    id         bigint generated always as identity primary key,
    kind       text        not null check (kind in ('published', 'withdrawn')),
    release_id bigint      not null references release,
    at         timestamptz not null default now(),
    -- Why a person did it; empty where nobody had to be asked.
    reason     text        not null default ''
);

create index event_by_release on event (release_id);

comment on table event is 'Changes of what is published, in their order';

-- Until now every release was published as it came.
insert into event (id, kind, release_id, at) overriding system value
select id, 'published', id, published_at from release order by id;

select setval(pg_get_serial_sequence('event', 'id'), greatest(max(id), 1), max(id) is not null) from event;

-- When it was read; when it was published is said by its event.
alter table release rename column published_at to read_at;

alter table release
    add column state text not null default 'published' check (state in ('staged', 'published', 'withdrawn', 'discarded')),
    -- Why it waits, or waited, for a person's word.
    add column waits_because text[] not null default '{}',
    -- The columns of its tables, as names are compared: {"projects": ["cup", …]}.
    add column columns jsonb not null default '{}';

-- A source can feed several collections.
create table release_part (
    release_id bigint not null references release,
    collection text   not null,
    -- Rows of the records' table: read = accepted + quarantined; filtered are those of other territories.
    rows_read        bigint not null,
    rows_accepted    bigint not null,
    rows_quarantined bigint not null,
    rows_filtered    bigint not null,
    locations_read        bigint not null,
    locations_accepted    bigint not null,
    locations_quarantined bigint not null,
    locations_filtered    bigint not null,
    -- How its records differ from those of the same source that stood before.
    records_added     bigint not null,
    records_changed   bigint not null,
    records_removed   bigint not null,
    records_unchanged bigint not null,
    primary key (release_id, collection),
    check (rows_read = rows_accepted + rows_quarantined),
    check (locations_read = locations_accepted + locations_quarantined)
);

comment on table release_part is 'What a release says of one collection';

insert into release_part
select
    id, collection,
    rows_read, rows_accepted, rows_quarantined, rows_filtered,
    locations_read, locations_accepted, locations_quarantined, locations_filtered,
    records_added, records_changed, records_removed, records_unchanged
from release;

alter table release
    drop column collection,
    drop column rows_read, drop column rows_accepted, drop column rows_quarantined, drop column rows_filtered,
    drop column locations_read, drop column locations_accepted,
    drop column locations_quarantined, drop column locations_filtered,
    drop column records_added, drop column records_changed,
    drop column records_removed, drop column records_unchanged;

-- Which release states a version, and from which event to which it stands; one that is staged stands from none.
alter table record add column release_id bigint references release;
update record set release_id = release_from;
alter table record
    alter column release_id set not null,
    alter column release_from drop not null,
    drop constraint record_release_from_fkey,
    drop constraint record_release_to_fkey;
alter table record rename column release_from to event_from;
alter table record rename column release_to to event_to;
alter table record add constraint record_stands_forward check (event_to > event_from);

-- A national release has fifty thousand records. Checking their references row by row, building binary JSON and keeping indexes
-- that nothing asks took four fifths of the time to write them; `remix check` looks after the references instead, and whole
-- records are read far more often than single values.
alter table record alter column properties type json;
alter table location drop constraint location_record_id_fkey;

-- Long records are compressed; by lz4 where the server knows it, which is several times as fast.
do $$
begin
    alter table record alter column properties set compression lz4;
exception when feature_not_supported then
    raise notice 'this server has no lz4: records are compressed as it usually does';
end
$$;

drop index record_standing;
drop index record_standing_by_source;
drop index record_history;
drop index location_by_municipality;
drop index location_by_geometry;
create unique index record_standing on record (collection, feature_id)
    where event_from is not null and event_to is null;
create index record_staged on record (release_id) where event_from is null;
create index location_by_geometry on location using gist (geometry) where geometry is not null;

-- Issues: which row, and which record.
alter table issue
    add column entry  bigint not null default 0,
    add column record text   not null default '';
