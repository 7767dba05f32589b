-- What a command asked for, as a keyed hash: the same id with another request is a mistake and not the same command.
-- Empty for commands that were done before this was kept.
alter table platform.command add column asked bytea not null default '';
