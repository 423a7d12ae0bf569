-- For each source and each collection it feeds: the release that stands after an event; null is the latest. Invented data only
-- while it has standing records.
with standing as (
    select distinct on (release.source, part.collection)
        release.id,
        release.source,
        release.demo,
        release.extracted_on,
        published.at,
        part.*
    from release_part as part
    inner join release on release.id = part.release_id
    inner join event as published
        on published.release_id = release.id and published.kind = 'published'
    where
        published.id <= coalesce($1, published.id)
        and not exists (
            select from event as withdrawn
            where
                withdrawn.release_id = release.id
                and withdrawn.kind = 'withdrawn'
                and withdrawn.id > published.id
                and withdrawn.id <= coalesce($1, withdrawn.id)
        )
    order by release.source, part.collection, published.id desc
)

select
    standing.id,
    standing.source,
    standing.collection,
    standing.demo,
    standing.extracted_on,
    standing.at as published_at,
    standing.rows_read,
    standing.rows_accepted,
    standing.rows_quarantined,
    standing.rows_filtered
from standing
where
    not standing.demo
    or exists (
        select from record
        where
            record.source = standing.source
            and record.collection = standing.collection
            and record.event_from <= coalesce($1, record.event_from)
            and (record.event_to is null or record.event_to > $1)
    )
order by standing.source, standing.collection
