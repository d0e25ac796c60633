CREATE FUNCTION kinora_announce() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('kinora_event', json_build_object('id', NEW.id, 'workspace', NEW.workspace_id, 'job', NEW.job_id)::text);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER job_event_announce AFTER INSERT ON job_event FOR EACH ROW EXECUTE FUNCTION kinora_announce();
--> statement-breakpoint
CREATE FUNCTION kinora_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the ledger is append-only';
END $$;
--> statement-breakpoint
CREATE TRIGGER ledger_append_only BEFORE UPDATE OR DELETE ON ledger FOR EACH ROW EXECUTE FUNCTION kinora_append_only();
