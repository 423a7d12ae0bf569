-- Releases, the latest first; of one source, or of all.
select
    release.id,
    release.source,
    release.demo,
    release.state,
    release.generation,
    release.extracted_on,
    release.read_at,
    release.files,
    release.waits_because,
    event.at as "decided_at?",
    event.reason as "reason?",
    (select count(*) from issue where issue.release_id = release.id) as "issues!"
from release
left join event
    on
        event.release_id = release.id
        and event.id = (
            select max(last.id) from event as last where last.release_id = release.id
        )
where
    release.source = coalesce($1, release.source)
    and release.id = coalesce($2, release.id)
order by release.id desc
limit $3
