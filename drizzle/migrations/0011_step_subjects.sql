ALTER TABLE "asset" RENAME COLUMN "step_label" TO "step_name";--> statement-breakpoint
ALTER TABLE "generation" RENAME COLUMN "step_label" TO "step_name";--> statement-breakpoint
ALTER TABLE "job_step" RENAME COLUMN "label" TO "name";--> statement-breakpoint
ALTER TABLE "asset" ADD COLUMN "subject" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "generation" ADD COLUMN "subject" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "job_step" ADD COLUMN "subject" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "job_step" DROP CONSTRAINT "job_step_job_id_label_key_pk";--> statement-breakpoint
ALTER TABLE "job_step" ADD CONSTRAINT "job_step_job_id_name_subject_key_pk" PRIMARY KEY("job_id","name","subject","key");--> statement-breakpoint
-- A plan says how its steps are made; what they depend on is found when the job is next planned. Readings of several
-- stills were told apart by a number in their label; now by the still that they read.
UPDATE "job" SET "plan" = (
  SELECT coalesce(jsonb_agg((step - 'label') || jsonb_build_object(
    'name', CASE WHEN read.still IS NULL THEN step ->> 'label' ELSE 'read the still' END,
    'subject', coalesce(read.still, ''),
    'title', coalesce(substring(step ->> 'label' FROM 'still [0-9]+'), ''),
    'key', '', 'made', false,
    'kind', CASE WHEN step ->> 'model' IS NULL THEN 'gate' ELSE 'order' END
  ) || CASE WHEN step ->> 'label' = 'choose a still'
    THEN '{"from": {"name": "make the stills", "subject": ""}}'::jsonb ELSE '{}'::jsonb END ORDER BY place), '[]')
  FROM jsonb_array_elements("plan") WITH ORDINALITY AS steps(step, place)
  LEFT JOIN LATERAL (
    SELECT g."input" #>> '{input,assetId}' AS still FROM "generation" g
    WHERE g."job_id" = "job"."id" AND g."step_name" = step ->> 'label' AND g."capability" = 'analyseImage'
      AND "job"."pipeline" = 'animated-picture' AND "job"."input" ->> 'animate' = 'false'
    ORDER BY g."created_at" DESC LIMIT 1
  ) read ON true
)
WHERE "plan" <> '[]';--> statement-breakpoint
UPDATE "job_step" s SET "name" = 'read the still', "subject" = g."input" #>> '{input,assetId}'
FROM "generation" g, "job" j
WHERE g."job_id" = s."job_id" AND g."step_key" = s."key" AND g."step_name" = s."name" AND g."number" = 0
  AND j."id" = s."job_id" AND j."pipeline" = 'animated-picture' AND j."input" ->> 'animate' = 'false'
  AND s."name" LIKE 'read %' AND g."capability" = 'analyseImage';--> statement-breakpoint
UPDATE "generation" g SET "step_name" = 'read the still', "subject" = g."input" #>> '{input,assetId}'
FROM "job" j
WHERE j."id" = g."job_id" AND j."pipeline" = 'animated-picture' AND j."input" ->> 'animate' = 'false'
  AND g."capability" = 'analyseImage';--> statement-breakpoint
UPDATE "job" SET "wait" = ("wait" - 'label') || jsonb_build_object('name', "wait" -> 'label', 'subject', '')
WHERE "wait" ? 'label';--> statement-breakpoint
UPDATE "job_event" SET "data" = ("data" - 'label') || jsonb_build_object('name', "data" -> 'label', 'subject', '')
WHERE "type" IN ('step.retrying', 'step.failed') AND "data" ? 'label';
