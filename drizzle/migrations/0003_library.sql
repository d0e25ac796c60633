-- The search column goes and comes back with another expression; its index goes with it and is made again.
-- The list indices were `desc nulls last`, which "order by created_at desc" cannot read.
DROP INDEX "asset_library";--> statement-breakpoint
DROP INDEX "asset_starred";--> statement-breakpoint
DROP INDEX "board_workspace";--> statement-breakpoint
DROP INDEX "job_history";--> statement-breakpoint
DROP INDEX "job_history_state";--> statement-breakpoint
DROP INDEX "job_history_pipeline";--> statement-breakpoint
DROP INDEX "job_history_member";--> statement-breakpoint
ALTER TABLE "asset" drop column "search";--> statement-breakpoint
ALTER TABLE "asset" ADD COLUMN "search" "tsvector" GENERATED ALWAYS AS (to_tsvector('simple', translate(coalesce(prompt, '') || ' ' || coalesce(description, '') || ' ' || kinora_words(tags) || ' ' || filename, '._-/', '    '))) STORED;--> statement-breakpoint
CREATE INDEX "asset_search" ON "asset" USING gin ("search");--> statement-breakpoint
CREATE INDEX "asset_kind" ON "asset" USING btree ("workspace_id","kind","created_at","id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "asset_draft" ON "asset" USING btree ("workspace_id","draft","created_at","id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "asset_model" ON "asset" USING btree ("workspace_id","model","created_at","id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "board_asset_added" ON "board_asset" USING btree ("board_id","created_at","asset_id");--> statement-breakpoint
CREATE INDEX "asset_library" ON "asset" USING btree ("workspace_id","created_at","id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "asset_starred" ON "asset" USING btree ("workspace_id","created_at","id") WHERE starred and deleted_at is null;--> statement-breakpoint
CREATE INDEX "board_workspace" ON "board" USING btree ("workspace_id","created_at");--> statement-breakpoint
CREATE INDEX "job_history" ON "job" USING btree ("workspace_id","created_at","id");--> statement-breakpoint
CREATE INDEX "job_history_state" ON "job" USING btree ("workspace_id","state","created_at","id");--> statement-breakpoint
CREATE INDEX "job_history_pipeline" ON "job" USING btree ("workspace_id","pipeline","created_at","id");--> statement-breakpoint
CREATE INDEX "job_history_member" ON "job" USING btree ("workspace_id","created_by","created_at","id");
