/** Leases that were lost. What was at work then has had an attempt, as when a server loses the connection to an app. */
export const LOSS_PROCEDURES = `
-- Notes which planned steps are being executed. Nobody waits for it to reach the disk: it counts when a process ends.
create or replace function engine.begin_steps(p_run text, p_generation int, p_steps text[])
returns boolean language plpgsql as $$
begin
  perform set_config('synchronous_commit', 'off', true);
  if not engine.hold(p_run, p_generation) then return false; end if;
  update engine.pending set started = true where run_id = p_run and step_id = any(p_steps);
  return true;
end $$;

-- The pause after so many losses in a row, in milliseconds: none after the first, then Inngest's, drawn apart.
create or replace function engine.loss_pause(p_lost int, p_scale double precision)
returns double precision language sql as $$
  select case when p_lost = 0 then 0 else
    ((array[15, 30, 60, 120, 300, 600])[least(p_lost, 6)] + random() * 30) * 1000 * p_scale end
$$;

-- Leases that were not renewed: their holders are gone. What they were executing has had an attempt, their runs are
-- due again, their slots are free.
create or replace function engine.sweep(p_scale double precision default 1) returns int language plpgsql as $$
declare
  gone engine.run;
  due timestamptz;
  swept int := 0;
begin
  for gone in select * from engine.run where lease_until < clock_timestamp() order by id for update skip locked loop
    due := clock_timestamp() + engine.loss_pause(gone.lost, p_scale) * interval '1 millisecond';
    update engine.pending set attempt = attempt + 1, started = false, wake_at = due
      where run_id = gone.id and started;
    update engine.run set lease_until = null, owner = null, generation = generation + 1, lost = lost + 1,
      attempt = attempt + (discover_at is not null and discover_at <= clock_timestamp())::int,
      discover_at = case when discover_at <= clock_timestamp() then due else discover_at end
      where id = gone.id;
    update engine.run set wake_at = engine.next_wake(gone.id) where id = gone.id;
    perform engine.pass_on(gone.id, null, null, true);
    perform engine.free_slots(gone.id, null);
    swept := swept + 1;
  end loop;
  if swept > 0 then perform pg_notify('engine', 'run'); end if;
  return swept;
end $$;
`;
