-- The columns of the latest published release of a source, in one generation of its schema, that has a table; the release that
-- is being written is not meant.
select release.columns
from release
where
    release.source = $1
    and release.state = 'published'
    and release.generation is not distinct from $2
    and release.columns ? $3
    and release.id is distinct from $4
order by (select max(event.id) from event where event.release_id = release.id) desc
limit 1
