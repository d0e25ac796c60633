/** Concurrency slots and rates. An advisory lock per key makes each exact: no overshoot, however many workers. */
export const LIMIT_PROCEDURES = `
-- Takes one slot of every key, or none: then the call is set aside until a slot comes free.
create or replace function engine.take_slots(p_run text, p_generation int, p_step text, p_keys text[], p_limits int[])
returns boolean language plpgsql as $$
declare taken int;
begin
  for i in 1 .. array_length(p_keys, 1) loop
    perform pg_advisory_xact_lock(hashtextextended(p_keys[i], 7));
  end loop;
  if not engine.hold(p_run, p_generation) then return false; end if;
  for i in 1 .. array_length(p_keys, 1) loop
    select count(*) into taken from engine.slot
      where key = p_keys[i] and not (run_id = p_run and step_id = p_step);
    if taken >= p_limits[i] then
      insert into engine.blocked (key, run_id, step_id) values (p_keys[i], p_run, p_step)
        on conflict (key, run_id, step_id) do update set roused = false;
      perform engine.pass_on(p_run, p_step, p_keys[i], false);
      update engine.run set discover_at = 'infinity' where id = p_run and p_step = '';
      update engine.pending set wake_at = 'infinity' where run_id = p_run and step_id = p_step;
      return false;
    end if;
  end loop;
  insert into engine.slot select unnest(p_keys), p_run, p_step on conflict do nothing;
  delete from engine.blocked where run_id = p_run and step_id = p_step;
  update engine.pending set started = true where run_id = p_run and step_id = p_step;
  return true;
end $$;

-- Frees the slots of one call, or (no step) of the whole run, and lets the next in each line go on.
create or replace function engine.free_slots(p_run text, p_step text) returns void language plpgsql as $$
declare freed text;
begin
  for freed in delete from engine.slot where run_id = p_run and (p_step is null or step_id = p_step) returning key loop
    perform pg_advisory_xact_lock(hashtextextended(freed, 7));
    perform engine.unblock(freed, 1);
  end loop;
end $$;

-- Takes a run (or one step of it, but for one key; or only where its turn had come) out of the lines it stands in. A
-- slot that had come free for it goes to the next.
create or replace function engine.pass_on(p_run text, p_step text, p_but text, p_only_roused boolean) returns void language plpgsql as $$
declare left_line engine.blocked;
begin
  for left_line in delete from engine.blocked
    where run_id = p_run and (p_step is null or step_id = p_step) and (p_but is null or key <> p_but)
      and (roused or not p_only_roused) returning *
  loop
    continue when not left_line.roused;
    perform pg_advisory_xact_lock(hashtextextended(left_line.key, 7));
    perform engine.unblock(left_line.key, 1);
  end loop;
end $$;

create or replace function engine.unblock(p_key text, p_count int) returns void language plpgsql as $$
declare next engine.blocked;
begin
  for next in select * from engine.blocked where key = p_key and not roused order by run_id limit p_count loop
    update engine.blocked set roused = true
      where key = p_key and run_id = next.run_id and step_id = next.step_id;
    update engine.run set discover_at = clock_timestamp()
      where id = next.run_id and next.step_id = '' and discover_at = 'infinity';
    update engine.pending set wake_at = clock_timestamp()
      where run_id = next.run_id and step_id = next.step_id and wake_at = 'infinity';
    perform engine.rouse(next.run_id);
  end loop;
end $$;

-- The generic cell rate algorithm (ITU-T I.371), as Inngest uses it: p_burst + 1 at once, then one each period/limit.
-- Returns the milliseconds to wait; where waiting is not wanted, -1 for "too many".
create or replace function engine.admit(p_key text, p_period_ms double precision, p_limit int, p_burst int, p_wait boolean)
returns double precision language plpgsql as $$
declare
  now_ms double precision := extract(epoch from clock_timestamp()) * 1000;
  emission double precision := p_period_ms / greatest(p_limit, 1);
  tat double precision;
  late double precision;
begin
  perform pg_advisory_xact_lock(hashtextextended(p_key, 7));
  select greatest(tat_ms, now_ms) into tat from engine.rate where key = p_key;
  tat := coalesce(tat, now_ms) + emission;
  late := tat - emission * (p_burst + 1) - now_ms;
  if late > 0 and not p_wait then return -1; end if;
  insert into engine.rate values (p_key, tat) on conflict (key) do update set tat_ms = excluded.tat_ms;
  return greatest(late, 0);
end $$;
`;
