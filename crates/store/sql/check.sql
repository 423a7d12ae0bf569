-- What must not be, and how much of it there is.
select
    'places without a record' as "what!",
    count(*) as "count!"
from location
where not exists (select from record where record.id = location.record_id)
union all
select
    'records without a release',
    count(*)
from record
where not exists (select from release where release.id = record.release_id)
union all
select
    'records that wait for no release that waits',
    count(*)
from record
inner join release on release.id = record.release_id
where record.event_from is null and release.state <> 'staged'
union all
select
    'records that stand for a release that was never published',
    count(*)
from record
where
    record.event_from is not null
    and not exists (
        select from event where event.release_id = record.release_id and event.kind = 'published'
    )
union all
select
    'records that began or ended without an event',
    count(*)
from record
where
    record.event_from is not null and not exists (select from event where event.id = record.event_from)
    or record.event_to is not null and not exists (select from event where event.id = record.event_to)
union all
select
    'published releases that say nothing of any collection',
    count(*)
from release
where
    release.state in ('published', 'staged')
    and not exists (select from release_part as part where part.release_id = release.id)
union all
select
    'releases that are published without an event, or have one and are not',
    count(*)
from release
left join lateral (
    select event.kind from event
    where event.release_id = release.id
    order by event.id desc
    limit 1
) as last on true
where
    (release.state = 'published') <> (coalesce(last.kind, '') = 'published')
    or (release.state = 'withdrawn') <> (coalesce(last.kind, '') = 'withdrawn')
union all
select
    'versions of one record that stand at the same time',
    count(*)
from record
inner join record as other
    on
        other.collection = record.collection
        and other.feature_id = record.feature_id
        and other.id > record.id
where
    record.event_from is not null
    and other.event_from is not null
    and record.event_from < coalesce(other.event_to, record.event_from + 1)
    and other.event_from < coalesce(record.event_to, other.event_from + 1)
