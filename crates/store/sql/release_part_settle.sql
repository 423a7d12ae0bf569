-- How a release that waited differed from what stood when it was published.
update release_part
set records_added = $3, records_changed = $4, records_removed = $5, records_unchanged = $6
where release_part.release_id = $1 and release_part.collection = $2
