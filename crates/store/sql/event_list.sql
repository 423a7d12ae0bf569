-- The events, the latest first, with the releases that they published or withdrew.
select
    event.id,
    event.at,
    event.kind = 'withdrawn' as "is_withdrawal!",
    event.release_id,
    release.source,
    release.demo,
    (select count(*) from issue where issue.release_id = release.id) as "issues!"
from event
inner join release on release.id = event.release_id
order by event.id desc
limit $1
