-- Takes away the records of a release that waits, with their places.
with cleared as (
    delete from record
    where record.release_id = $1 and record.event_from is null
    returning record.id
)

delete from location
where location.record_id in (select cleared.id from cleared)
