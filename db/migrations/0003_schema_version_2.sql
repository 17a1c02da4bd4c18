ALTER TABLE "documents" ALTER COLUMN "min_schema" SET DEFAULT 2;--> statement-breakpoint
-- An editor of schema 1 would delete the items and comments that anybody may write from now on.
UPDATE "documents" SET "min_schema" = 2 WHERE "min_schema" < 2;
