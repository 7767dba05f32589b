-- Which card of signs and which questions a screening used, in which version, and how their rules read the answers.
-- Rows from before name their instrument in `instrument` alone, and have no version.
alter table screening.screening
  alter column instrument drop not null,
  add column card text,
  add column card_version text,
  -- codes of the findings that the rules gave; that there are none closes nothing
  add column card_findings text[] not null default '{}',
  add column short_screen text,
  add column short_screen_version text,
  add column short_screen_findings text[] not null default '{}',
  -- whole answers, how each rule read them with its words that day, and who wrote it where it was on paper
  add column sealed_told bytea,
  -- written on paper first, and typed in later by `by_account`
  add column written_at timestamptz,
  add constraint screening_card check ((card is null) = (card_version is null)),
  add constraint screening_short_screen check ((short_screen is null) = (short_screen_version is null));
