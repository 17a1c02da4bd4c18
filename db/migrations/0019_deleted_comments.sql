CREATE TABLE "withdrawn_words" (
	"comment_id" text PRIMARY KEY NOT NULL,
	"text" text NOT NULL,
	"by_member" text NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "threads" ADD COLUMN "withdrawn_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "withdrawn_words" ADD CONSTRAINT "withdrawn_words_comment_id_comments_id_fk" FOREIGN KEY ("comment_id") REFERENCES "public"."comments"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "withdrawn_words" ADD CONSTRAINT "withdrawn_words_by_member_members_id_fk" FOREIGN KEY ("by_member") REFERENCES "public"."members"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "withdrawn_words_at" ON "withdrawn_words" USING btree ("at");--> statement-breakpoint
CREATE INDEX "threads_withdrawn" ON "threads" USING btree ("withdrawn_at") WHERE "threads"."withdrawn_at" is not null;