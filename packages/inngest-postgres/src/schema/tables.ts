/**
 * The engine's tables. JSON is kept as text: it goes out exactly as it came in (key order, `\u0000`), and Postgres
 * spends no time on it.
 */
export const TABLES = `
create table engine.event (
  seq bigint generated always as identity primary key,
  id text not null unique,
  name text not null,
  key text,
  body text not null,
  received_at timestamptz not null default now(),
  routed_at timestamptz
);
comment on column engine.event.key is 'The id its sender gave: a second event of that name and id is dropped.';
create unique index event_once on engine.event (name, key) where key is not null;
create index event_inbox on engine.event (seq) where routed_at is null;
create index event_age on engine.event (received_at);

create table engine.run (
  id text primary key,
  fn_id text not null,
  events text not null,
  state text not null default 'running' check (state in ('running', 'completed', 'failed', 'canceled')),
  output text,
  attempt int not null default 0,
  force_plan boolean not null default false,
  revision int not null default 0,
  generation int not null default 0,
  discover_at timestamptz,
  wake_at timestamptz,
  lease_until timestamptz,
  owner text,
  priority int not null default 0,
  singleton text,
  finish_ms bigint,
  deadline_at timestamptz,
  parent_run text,
  parent_step text,
  created_at timestamptz not null default now(),
  started_at timestamptz,
  ended_at timestamptz
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05);
comment on table engine.run is 'The queue itself: a run is due when it is not leased and wake_at has come.';
comment on column engine.run.discover_at is 'When the function is to be called to find its next steps.';
comment on column engine.run.generation is 'The fence: grows with every lease, and every write of a holder names it.';
comment on column engine.run.started_at is 'When its first call began; kept for functions with timeouts only.';
comment on column engine.run.revision is 'How many memos the run has.';
create index run_due on engine.run (wake_at) where lease_until is null and wake_at is not null;
create index run_leased on engine.run (lease_until) where lease_until is not null;
create index run_deadline on engine.run (deadline_at) where deadline_at is not null;
create index run_singleton on engine.run (fn_id, singleton) where state = 'running' and singleton is not null;
create index run_age on engine.run (ended_at) where ended_at is not null;

create table engine.memo (
  run_id text not null,
  step_id text not null,
  seq int not null,
  data text not null,
  kept_at timestamptz not null default now(),
  primary key (run_id, step_id)
);
comment on column engine.memo.seq is 'The order of completion, which replays follow.';

create table engine.pending (
  run_id text not null,
  step_id text not null,
  op text not null,
  name text not null,
  attempt int not null default 0,
  position int not null default 0,
  seen int not null default 0,
  wake_at timestamptz,
  race boolean not null default false,
  coalesced boolean not null default false,
  primary key (run_id, step_id)
);
comment on column engine.pending.seen is 'The revision it was found at: its call replays the memos up to there.';
comment on table engine.pending is 'What a run waits for: planned steps, sleeps, events, invoked functions.';

create table engine.listener (
  run_id text not null,
  step_id text not null,
  kind text not null check (kind in ('wait', 'cancel')),
  event_name text not null,
  expression text,
  match_path text not null default '',
  match_key text not null default '',
  expires_at timestamptz,
  primary key (run_id, step_id)
);
create index listener_match on engine.listener (event_name, match_path, match_key);
create table engine.listener_path (
  event_name text not null,
  match_path text not null,
  primary key (event_name, match_path)
);

create table engine.slot (
  key text not null,
  run_id text not null,
  step_id text not null,
  primary key (key, run_id, step_id)
);
create index slot_run on engine.slot (run_id);
create table engine.blocked (
  key text not null,
  run_id text not null,
  step_id text not null,
  priority int not null,
  primary key (key, run_id, step_id)
);
create index blocked_order on engine.blocked (key, priority desc, run_id);
create index blocked_run on engine.blocked (run_id);

create table engine.timer (
  key text primary key,
  kind text not null check (kind in ('cron', 'debounce')),
  fn_id text not null,
  due_at timestamptz not null,
  last_at timestamptz,
  body text not null
);
create index timer_due on engine.timer (due_at);
create table engine.rate (key text primary key, tat_ms double precision not null);
create table engine.once (key text primary key, expires_at timestamptz not null);
`;

/** For the operator's page: the runs that have not ended, among all that are kept. */
export const ALIVE_INDEX = "create index run_alive on engine.run (created_at) where state = 'running'";

/**
 * Lost leases are counted, and who is at work is known. What rate limits, singletons, priorities and timeouts needed
 * stays for workers of the version before.
 */
export const ROSTER = `
alter table engine.run add column lost int not null default 0;
comment on column engine.run.lost is 'How many leases were lost in a row, without a step being finished.';
alter table engine.pending add column started boolean not null default false;
comment on column engine.pending.started is 'It is being executed: a lost lease is an attempt of it.';
alter table engine.blocked alter column priority set default 0;
alter table engine.blocked add column roused boolean not null default false;
comment on column engine.blocked.roused is 'A slot came free for it; one that goes without taking it passes it on.';
create table engine.worker (
  owner text primary key,
  configs text not null,
  seen_at timestamptz not null default clock_timestamp()
);
comment on table engine.worker is 'The engines at work, with the functions each of them has.';
create table engine.roster (stamp bigint not null);
comment on table engine.roster is 'One row; its stamp grows with every change of who is at work.';
insert into engine.roster values (0);
`;
