-- Forgets the answers to a question that are older than so many: they can be worked out again from the records.
delete from answer
where id in (
    select id from answer
    where strategy = $1 and question = $2
    order by id desc
    offset $3
)
