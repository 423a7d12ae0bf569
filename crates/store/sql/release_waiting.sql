-- A release, held fast while it is decided what becomes of it.
select release.source, release.demo, release.state, release.extracted_on
from release
where release.id = $1
for update
