CREATE TABLE "errand" (
	"name" text PRIMARY KEY NOT NULL,
	"ended_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"took_ms" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "finding" (
	"workspace_id" text NOT NULL,
	"kind" text NOT NULL,
	"subject" text NOT NULL,
	"job_id" text,
	"times" integer DEFAULT 1 NOT NULL,
	"detail" text,
	"first_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"last_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "finding_workspace_id_kind_subject_pk" PRIMARY KEY("workspace_id","kind","subject")
);
--> statement-breakpoint
ALTER TABLE "finding" ADD CONSTRAINT "finding_workspace_id_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspace"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "finding" ADD CONSTRAINT "finding_job_id_job_id_fk" FOREIGN KEY ("job_id") REFERENCES "public"."job"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "finding_recent" ON "finding" USING btree ("workspace_id","last_at");--> statement-breakpoint
CREATE INDEX "generation_tally" ON "generation" USING btree ("provider","state");--> statement-breakpoint
CREATE INDEX "job_rests" ON "job" USING btree ("state") WHERE state in ('waiting', 'paused');--> statement-breakpoint
CREATE INDEX "job_event_failure" ON "job_event" USING btree ("created_at","workspace_id") WHERE type in ('step.retrying', 'step.failed');