-- Answers: what came of the questions of strategies, each as it was on the releases it rests on.

create table answer (
    id                 bigint generated always as identity primary key,
    strategy           text        not null,
    question           text        not null,
    -- What tells it from other answers to the same question: how it is asked, and the content of what it rests on.
    tag                text        not null,
    measure            text        not null,
    subject_collection text        not null,
    object_collection  text        not null,
    -- The releases it rests on.
    releases           bigint[]    not null,
    -- Nothing is answered where something that it needs is not loaded; `absent` says what is not there.
    state              text        not null check (state in ('answered', 'not_loaded')),
    absent             text[]      not null,
    -- Smaller overlaps, in both ways, were passed over.
    sliver_area_m2     double precision not null,
    sliver_share       double precision not null,
    -- How many subjects stand how; known by their municipality alone, they are inside nothing.
    inside                    bigint not null,
    partly_inside             bigint not null,
    somewhere_in_municipality bigint not null,
    unlocated                 bigint not null,
    outside                   bigint not null,
    slivers                   bigint not null,
    -- All that answers, each subject once.
    count         bigint           not null,
    area_m2       double precision,
    length_m      double precision,
    funding_cents bigint,
    answered_at   timestamptz      not null default now(),
    is_current    boolean          not null default true
);

create unique index answer_current on answer (strategy, question) where is_current;
create index answer_versions on answer (strategy, question, id desc);

create table answer_subject (
    answer_id  bigint not null references answer on delete cascade,
    subject_id bigint not null,
    standing   text   not null,
    primary key (answer_id, subject_id)
);

create table answer_pair (
    answer_id        bigint not null references answer on delete cascade,
    subject_id       bigint not null,
    object_id        bigint not null,
    relation         text   not null,
    area_m2          double precision check (area_m2 >= 0),
    share_of_subject double precision check (share_of_subject between 0 and 1),
    share_of_object  double precision check (share_of_object between 0 and 1),
    length_m         double precision check (length_m >= 0),
    distance_m       double precision check (distance_m >= 0),
    primary key (answer_id, subject_id, object_id)
);

create table answer_group (
    answer_id     bigint  not null references answer on delete cascade,
    -- From 0, in the order of the keys.
    ordinal       integer not null,
    -- What belongs to several groups and cannot be divided, or to none, is in a row of its own, without a key.
    kind          text    not null check (kind in ('group', 'several', 'missing')),
    key           text,
    label_it      text,
    label_en      text,
    subjects      bigint,
    count         bigint  not null,
    area_m2       double precision,
    length_m      double precision,
    funding_cents bigint,
    inhabitants   bigint,
    primary key (answer_id, ordinal),
    check ((kind = 'group') = (key is not null))
);

comment on table answer is 'Answers to the questions of strategies, the present ones and some of those before';
comment on table answer_subject is 'How each subject of an answer stands to the objects';
comment on table answer_pair is 'Subjects and objects that have to do with each other for certain';
comment on table answer_group is 'The sums of an answer by group';

-- The present answers, for analysts: subject_id and object_id are the ids of published."<collection>".
create schema if not exists published;

create view published.answers as
select
    strategy, question, measure, subject_collection, object_collection, releases, state, absent,
    sliver_area_m2, sliver_share, inside, partly_inside, somewhere_in_municipality, unlocated, outside, slivers,
    count, area_m2, length_m, funding_cents, answered_at
from answer
where is_current;

create view published.answer_subjects as
select answer.strategy, answer.question, answer.subject_collection, subject.subject_id, subject.standing
from answer_subject as subject
inner join answer on answer.id = subject.answer_id
where answer.is_current;

create view published.answer_pairs as
select
    answer.strategy, answer.question, answer.subject_collection, pair.subject_id,
    answer.object_collection, pair.object_id, pair.relation, pair.area_m2, pair.share_of_subject,
    pair.share_of_object, pair.length_m, pair.distance_m
from answer_pair as pair
inner join answer on answer.id = pair.answer_id
where answer.is_current;

create view published.answer_groups as
select
    answer.strategy, answer.question, part.ordinal, part.kind, part.key, part.label_it, part.label_en,
    part.subjects, part.count, part.area_m2, part.length_m, part.funding_cents, part.inhabitants
from answer_group as part
inner join answer on answer.id = part.answer_id
where answer.is_current;
