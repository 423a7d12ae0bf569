-- The versions of a record that stand or stood, in their order, with the events that began and ended each.
with version as (
    select record.* from record
    where
        record.collection = $1
        and record.feature_id = $2
        and record.event_from is not null
        and record.event_to is null
    union all
    select record.* from record
    where record.collection = $1 and record.feature_id = $2 and record.event_to is not null
)

select
    version.id as "id!",
    version.source as "source!",
    version.properties::json as "stated!",
    began.id as "began!",
    began.kind = 'withdrawn' as "began_by_withdrawal!",
    began.release_id as "began_by!",
    began.at as "began_at!",
    ended.id as "ended?",
    ended.kind = 'withdrawn' as "ended_by_withdrawal?",
    ended.release_id as "ended_by?",
    ended.at as "ended_at?"
from version
inner join event as began on began.id = version.event_from
left join event as ended on ended.id = version.event_to
order by began.id
