-- Ends every invented record: beside official data, invented areas and proposals would mislead.
update record
set event_to = $1
where
    event_from is not null
    and event_to is null
    and source in (select release.source from release where release.demo)
