/**
 * Each of these is one transaction of the engine. They begin by locking the run's row and checking its fence; being
 * plpgsql, the statements after that see what was committed while they waited for the lock.
 */
export const PROCEDURES = `
-- The run, locked, if this lease still holds it; a null generation stands for a writer from outside.
create or replace function engine.hold(p_run text, p_generation int) returns boolean language plpgsql as $$
begin
  perform 1 from engine.run where id = p_run and state = 'running'
    and (p_generation is null or (generation = p_generation and lease_until is not null))
    for update;
  return found;
end $$;

create or replace function engine.next_wake(p_run text) returns timestamptz language sql as $$
  select least(r.discover_at, (select min(p.wake_at) from engine.pending p where p.run_id = p_run))
  from engine.run r where r.id = p_run
$$;

-- Puts a run that is not leased back into the queue, at the earliest of what it waits for.
create or replace function engine.rouse(p_run text) returns void language plpgsql as $$
begin
  update engine.run set wake_at = engine.next_wake(p_run) where id = p_run and lease_until is null and state = 'running';
  perform pg_notify('engine', case when found then 'run' else 'poke ' || p_run end);
end $$;

-- Keeps step results, the first write winning, and decides whether the function is to be called again:
-- after a race at once, else when none of the steps planned together is left. Returns the run's revision, or
-- null when the writer may not write.
create or replace function engine.keep(p_run text, p_generation int, p_steps text[], p_data text[])
returns int language plpgsql as $$
declare
  planned engine.pending;
  kept int;
  count_kept int := 0;
  was_planned boolean;
  discover boolean := false;
  sequential boolean := false;
  base int;
begin
  select revision into base from engine.run where id = p_run and state = 'running'
    and (p_generation is null or (generation = p_generation and lease_until is not null)) for update;
  if not found then return null; end if;
  for i in 1 .. coalesce(array_length(p_steps, 1), 0) loop
    delete from engine.pending where run_id = p_run and step_id = p_steps[i] returning * into planned;
    was_planned := found;
    continue when p_generation is null and not was_planned;
    insert into engine.memo (run_id, step_id, seq, data)
      values (p_run, p_steps[i], base + count_kept + 1, p_data[i]) on conflict do nothing;
    get diagnostics kept = row_count;
    count_kept := count_kept + kept;
    if not was_planned then
      sequential := true;
    else
      if planned.op = 'WaitForEvent' then
        delete from engine.listener where run_id = p_run and step_id = p_steps[i];
      end if;
      discover := discover or planned.race
        or not exists (select from engine.pending where run_id = p_run and coalesced);
    end if;
  end loop;
  update engine.run set
    revision = revision + count_kept,
    lost = case when p_generation is null then lost else 0 end,
    attempt = case when sequential then 0 else attempt end,
    force_plan = force_plan and not discover,
    discover_at = case when discover or sequential then clock_timestamp() else discover_at end
    where id = p_run and (count_kept > 0 or discover or sequential);
  if p_generation is null and discover then perform engine.rouse(p_run); end if;
  return base + count_kept;
end $$;

-- Notes what the function waits for now. What it already waits for is left as it is.
create or replace function engine.plan(p_run text, p_generation int, p_ops json, p_events json)
returns boolean language plpgsql as $$
begin
  if not engine.hold(p_run, p_generation) then return false; end if;
  with planned as (
    insert into engine.pending (run_id, step_id, op, name, position, seen, wake_at, race, coalesced)
    select p_run, o.id, o.op, o.name, o.position, (select revision from engine.run where id = p_run),
      clock_timestamp() + o.delay_ms * interval '1 millisecond', o.race, o.coalesced
    from json_to_recordset(p_ops) as o (id text, op text, name text, position int, delay_ms double precision, race boolean, coalesced boolean)
    where not exists (select from engine.memo m where m.run_id = p_run and m.step_id = o.id)
    on conflict do nothing returning step_id
  ), heard as (
    insert into engine.listener (run_id, step_id, kind, event_name, expression, match_path, match_key)
    select p_run, o.id, 'wait', o.name, o.expression, coalesce(o.match_path, ''), coalesce(o.match_key, '')
    from json_to_recordset(p_ops) as o (id text, op text, name text, expression text, match_path text, match_key text)
    join planned on planned.step_id = o.id where o.op = 'WaitForEvent'
    on conflict do nothing returning event_name, match_path
  )
  insert into engine.listener_path select distinct event_name, match_path from heard on conflict do nothing;
  perform engine.send(p_events);
  update engine.run set attempt = 0, lost = 0, discover_at = null, force_plan = force_plan or json_array_length(p_ops) > 1
    where id = p_run;
  return true;
end $$;

-- Stores events for the router; one that was sent before is dropped.
create or replace function engine.send(p_events json) returns void language plpgsql as $$
begin
  insert into engine.event (id, name, key, body)
    select e.id, e.name, e.key, e.body
    from json_to_recordset(p_events) as e (id text, name text, key text, body text)
    on conflict do nothing;
  if found then perform pg_notify('engine', 'event'); end if;
end $$;

-- Sets the next attempt: of a planned step, or (no step) of the call that finds steps.
create or replace function engine.retry(p_run text, p_generation int, p_step text, p_attempt int, p_delay_ms double precision)
returns boolean language plpgsql as $$
declare due timestamptz := clock_timestamp() + p_delay_ms * interval '1 millisecond';
begin
  if not engine.hold(p_run, p_generation) then return false; end if;
  if p_step is null then
    update engine.run set attempt = p_attempt, lost = 0, discover_at = due where id = p_run;
  else
    update engine.run set lost = 0 where id = p_run and lost > 0;
    update engine.pending set attempt = p_attempt, started = false, wake_at = due
      where run_id = p_run and step_id = p_step;
  end if;
  return true;
end $$;

-- Gives the lease back and says when the run is due again. A run that would wait for nothing is called at once.
create or replace function engine.park(p_run text, p_generation int) returns timestamptz language plpgsql as $$
declare wake timestamptz;
begin
  if not engine.hold(p_run, p_generation) then return null; end if;
  update engine.pending set started = false where run_id = p_run and started;
  update engine.run set discover_at = clock_timestamp() where id = p_run and discover_at is null
    and not exists (select from engine.pending where run_id = p_run);
  update engine.run set lease_until = null, owner = null, wake_at = engine.next_wake(p_run)
    where id = p_run returning wake_at into wake;
  return wake;
end $$;

-- Ends a run, tells the run that invoked it, and sends the events of its end.
create or replace function engine.finish(p_run text, p_generation int, p_state text, p_output text, p_memo text, p_events json)
returns boolean language plpgsql as $$
declare parent text; step text;
begin
  if not engine.hold(p_run, p_generation) then return false; end if;
  update engine.run set state = p_state, output = p_output, ended_at = clock_timestamp(), generation = generation + 1,
    wake_at = null, discover_at = null, lease_until = null, owner = null, deadline_at = null
    where id = p_run returning parent_run, parent_step into parent, step;
  delete from engine.pending where run_id = p_run;
  delete from engine.listener where run_id = p_run;
  perform engine.pass_on(p_run, null, null, false);
  perform engine.free_slots(p_run, null);
  if parent is not null then perform engine.keep(parent, null, array[step], array[p_memo]); end if;
  perform engine.send((select coalesce(json_agg(e), '[]') from json_array_elements(p_events) e
    where (e ->> 'wanted')::boolean or exists (select from engine.listener where event_name = e ->> 'name')));
  return true;
end $$;
`;
