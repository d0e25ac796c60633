CREATE TABLE "answer_file" (
	"generation_id" text NOT NULL,
	"index" integer NOT NULL,
	"bytes" "bytea" NOT NULL,
	CONSTRAINT "answer_file_generation_id_index_pk" PRIMARY KEY("generation_id","index")
);
--> statement-breakpoint
DROP INDEX "generation_open";--> statement-breakpoint
ALTER TABLE "generation" ADD COLUMN "answer" jsonb;--> statement-breakpoint
ALTER TABLE "generation" ADD COLUMN "verdict" text;--> statement-breakpoint
ALTER TABLE "generation" ADD COLUMN "failures" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "generation" ADD COLUMN "answered_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "answer_file" ADD CONSTRAINT "answer_file_generation_id_generation_id_fk" FOREIGN KEY ("generation_id") REFERENCES "public"."generation"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "generation_told" ON "generation" USING btree ("settled_at") WHERE state = 'lost' or cost_micros > held_micros;--> statement-breakpoint
CREATE INDEX "generation_open" ON "generation" USING btree ("created_at") WHERE state in ('intended', 'posting', 'accepted', 'answered', 'uncertain');--> statement-breakpoint
ALTER TABLE "generation" ADD CONSTRAINT "generation_cost" CHECK ("generation"."cost_micros" between 0 and 1000000000000) NOT VALID;--> statement-breakpoint
ALTER TABLE "generation" ADD CONSTRAINT "generation_held" CHECK ("generation"."held_micros" between 0 and 1000000000000) NOT VALID;--> statement-breakpoint
ALTER TABLE "ledger" ADD CONSTRAINT "ledger_amount" CHECK ("ledger"."amount_micros" between 0 and 1000000000000) NOT VALID;--> statement-breakpoint
ALTER TABLE "ledger" ADD CONSTRAINT "ledger_kind" CHECK ("ledger"."kind" in ('hold', 'release', 'charge')) NOT VALID;--> statement-breakpoint
ALTER TABLE "ledger" ADD CONSTRAINT "ledger_month_format" CHECK ("ledger"."month" ~ '^[0-9]{4}-(0[1-9]|1[0-2])$') NOT VALID;