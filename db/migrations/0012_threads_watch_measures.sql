ALTER TABLE "versions" DROP CONSTRAINT "versions_kind";--> statement-breakpoint
ALTER TABLE "threads" ADD COLUMN "measure_id" text;--> statement-breakpoint
ALTER TABLE "threads" ADD CONSTRAINT "threads_measure_id_measures_id_fk" FOREIGN KEY ("measure_id") REFERENCES "public"."measures"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "versions" ADD CONSTRAINT "versions_kind" CHECK ("versions"."kind" in ('session','named','before_restore','restored','before_import','before_archive','before_trash','proposal','sealed'));