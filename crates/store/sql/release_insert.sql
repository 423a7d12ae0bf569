-- A new release. Its number is the next one: publications wait for each other, and one that comes to nothing leaves no gap.
insert into release (
    id, source, demo, content_hash, definition_hash, generation, files, columns, state
)
select coalesce(max(release.id), 0) + 1, $1, $2, $3, $4, $5, $6, $7, $8
from release
returning id
