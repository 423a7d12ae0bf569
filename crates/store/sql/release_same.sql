-- The release of a source that has these contents, read by these definitions: the latest that stands of one of its
-- collections, or one that waits.
select release.id
from release
where
    release.source = $1
    and release.content_hash = $2
    and release.definition_hash = $3
    and (
        release.state = 'staged'
        or release.state = 'published' and exists (
            select from release_part as part
            where
                part.release_id = release.id
                and not exists (
                    select
                    from release_part as later
                    inner join release as after on after.id = later.release_id
                    where
                        after.source = release.source
                        and after.state = 'published'
                        and later.collection = part.collection
                        and (select max(event.id) from event where event.release_id = after.id)
                        > (select max(event.id) from event where event.release_id = release.id)
                )
        )
    )
order by release.id desc
limit 1
