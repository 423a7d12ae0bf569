-- The latest release of each source that still has standing records, or that never had any.
select distinct on (release.source)
    release.id,
    release.source,
    release.collection,
    release.demo,
    release.extracted_on,
    release.published_at,
    release.rows_read,
    release.rows_accepted,
    release.rows_quarantined,
    release.rows_filtered
from release
where
    not release.demo
    or exists (select from record where record.source = release.source and record.release_to is null)
order by release.source, release.id desc
