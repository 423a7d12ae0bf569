-- Records of a staged release that would stand differently from now: before and after.
with before as (
    select record.* from record
    where
        record.source = $1
        and record.event_from is not null
        and record.event_to is null
        and record.collection in (select part.collection from release_part as part where part.release_id = $2)
),

after as (
    select record.* from record
    where record.release_id = $2 and record.event_from is null
)

select
    coalesce(after.collection, before.collection) as "collection!",
    coalesce(after.feature_id, before.feature_id) as "feature_id!",
    before.id as "before_id?",
    after.id as "after_id?",
    before.properties::json as "before?",
    after.properties::json as "after?"
from before
full join after on after.collection = before.collection and after.feature_id = before.feature_id
where before.hash is distinct from after.hash
order by 1, 2
