-- The release of a source that was published last and not withdrawn, and the event that published it.
select
    release.id,
    max(event.id) as "event!"
from release
inner join event on event.release_id = release.id and event.kind = 'published'
where release.source = $1 and release.state = 'published'
group by release.id
order by max(event.id) desc
limit 1
