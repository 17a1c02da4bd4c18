CREATE TABLE "reminders" (
	"member_id" text NOT NULL,
	"key" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "reminders_member_id_key_pk" PRIMARY KEY("member_id","key")
);
--> statement-breakpoint
ALTER TABLE "notifications" DROP CONSTRAINT "notifications_place";--> statement-breakpoint
ALTER TABLE "notifications" DROP CONSTRAINT "notifications_kind";--> statement-breakpoint
ALTER TABLE "notifications" ALTER COLUMN "by_member" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "notifications" ADD COLUMN "review_id" text;--> statement-breakpoint
ALTER TABLE "reminders" ADD CONSTRAINT "reminders_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "reminders_at" ON "reminders" USING btree ("at");--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_review_id_reviews_id_fk" FOREIGN KEY ("review_id") REFERENCES "public"."reviews"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "notifications_review" ON "notifications" USING btree ("review_id");--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_place" CHECK (num_nonnulls("notifications"."strategy_id", "notifications"."board_id", "notifications"."review_id") = 1);--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_kind" CHECK ("notifications"."kind" in ('mention','reply','resolved','reopened','proposal','comment','assigned','moved','due',
        'hand_off_offered','hand_off_accepted','hand_off_declined','hand_off_delivered',
        'request_received','request_accepted','request_declined',
        'impact_asked','impact_waiting','due_soon',
        'review_invited','review_moved','review_started','review_closed','review_soon','review_unprepared',
        'decision_assigned','decision_due'));