-- Ends every invented record: beside official data, invented areas and proposals would mislead.
update record
set release_to = $1
where
    release_to is null
    and source in (select release.source from release where release.demo)
