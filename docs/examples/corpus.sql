-- Ask the tables of a corpus what `Corpus` answers: run this where `actors.csv`, `statements.csv` and `links.csv` are.
-- Cells hold ids and references as they are. Addresses may be escaped or guarded, each always alike: they still compare.

create macro rows_of(file) as table
    select * from read_csv(file, all_varchar = true, header = true, delim = ',', quote = '"', escape = '"');

create macro address_of(url) as regexp_replace(
    url, '^https?://(www\.)?wikidata\.org/(wiki|entity)/(Q[1-9][0-9]*)$', 'http://www.wikidata.org/entity/\3'
);

-- Rows are numbered in the order of the corpus, actors before statements.
create table actor as
    select row_number() over () as number, article || '/' || id as reference, * from rows_of('actors.csv');
create table statement as
    select (select count(*) from actor) + row_number() over () as number, article || '/' || id as reference, *
    from rows_of('statements.csv');
create table link as from rows_of('links.csv');
create table address as
    select number, address_of(unnest(regexp_extract_all(same_as, '([^|\\]|\\.)+'))) as reference from actor;
create view thing as select number, reference from actor union all select number, reference from statement;
create view name as from thing union all from address;

-- Pairs that are the same, in both directions: by a link, or by an address, each actor with the first that has it.
create table pair as
    with found as (
        select one.number as one, other.number as other
        from link
        join thing as one on one.reference = source
        join thing as other on other.reference = target
        where kind = 'same'
        union all
        select number, min(number) over (partition by reference) from address
    )
    select one, other from found union select other, one from found;

-- The first of all that is the same as each. A round gives to each, and to its first so far, the first of each
-- neighbour, and to each the first of its first, so that a chain of n needs about log n rounds.
create table member as
    with recursive known(number, first) using key (number) as (
        select one, one from pair
        union
        select found.number, min(found.first)
        from (
            select one.first as number, other.first
            from pair
            join recurring.known as one on one.number = pair.one
            join recurring.known as other on other.number = pair.other
            union all
            select one.number, ahead.first
            from recurring.known as one
            join recurring.known as ahead on ahead.number = one.first
        ) as found
        join recurring.known as now on now.number = found.number
        where found.first < now.first
        group by found.number
    )
    select number, coalesce(first, number) as first from thing left join known using (number);

-- What refers to what, by fields and by links; each target is the first of all that is the same.
create table refers as
    with found(field, source, target) as (
        select field, reference, article || '/' || unnest(string_split(ids, '|'))
        from (unpivot statement on speaker, accused, denies, confirms into name field value ids)
        union all
        select 'on_behalf_of', reference, article || '/' || on_behalf_of from actor
        union all
        select kind, source, target from link where kind in ('denies', 'confirms')
    )
    select distinct field, thing.number as source, first as target
    from found
    join thing on thing.reference = source
    join thing as referred on referred.reference = target
    join member on member.number = referred.number;

create view claims as
    select list(reference order by number) as claim from statement join member using (number)
    group by first order by first;

create macro same(asked) as table
    select thing.reference
    from thing join member using (number)
    where first in (
        select first from member join name using (number) where name.reference = address_of(asked)
    )
    order by number;

-- The answers to a field, 'accused', 'speaker', 'denies' or 'confirms', each with the number of its first statement and
-- the first of its claim.
create macro answers(question, asked, including_proxies) as table
    with recursive party as (
        select first as target from member join name using (number) where reference = address_of(asked)
        union
        select first
        from party
        join refers using (target)
        join member on number = source
        where field = 'on_behalf_of' and including_proxies
    ),
    found as (
        select distinct source as number from refers where field = question and target in (from party)
    )
    select list(reference order by number) as claim, min(number) as number, first
    from found join member using (number) join statement using (number)
    group by first order by min(number);

-- The table of an editor: the allegations against an actor and its proxies, each with its denials in all reports.
create macro disputes(asked) as table
    with answer as (from answers('accused', asked, true)),
    denial as (
        select target, list(reference order by number) as denial, min(number) as number
        from refers join member on number = source join statement using (number)
        where field = 'denies' and target in (select first from answer)
        group by target, first
    )
    select claim, denial
    from answer left join denial on target = first
    order by answer.number, denial.number;
