CREATE TABLE "activity_mutes" (
	"activity_id" text NOT NULL,
	"member_id" text NOT NULL,
	CONSTRAINT "activity_mutes_activity_id_member_id_pk" PRIMARY KEY("activity_id","member_id")
);
--> statement-breakpoint
ALTER TABLE "notifications" DROP CONSTRAINT "notifications_kind";--> statement-breakpoint
ALTER TABLE "notifications" ALTER COLUMN "strategy_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "notifications" ADD COLUMN "board_id" text;--> statement-breakpoint
ALTER TABLE "notifications" ADD COLUMN "activity_id" text;--> statement-breakpoint
ALTER TABLE "notifications" ADD COLUMN "said_id" text;--> statement-breakpoint
ALTER TABLE "notifications" ADD COLUMN "subject_id" text;--> statement-breakpoint
ALTER TABLE "activity_mutes" ADD CONSTRAINT "activity_mutes_activity_id_activities_id_fk" FOREIGN KEY ("activity_id") REFERENCES "public"."activities"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activity_mutes" ADD CONSTRAINT "activity_mutes_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_board_id_boards_id_fk" FOREIGN KEY ("board_id") REFERENCES "public"."boards"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_activity_id_activities_id_fk" FOREIGN KEY ("activity_id") REFERENCES "public"."activities"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_said_id_activity_comments_id_fk" FOREIGN KEY ("said_id") REFERENCES "public"."activity_comments"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "notifications_activity" ON "notifications" USING btree ("activity_id");--> statement-breakpoint
CREATE INDEX "notifications_subject" ON "notifications" USING btree ("subject_id");--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_place" CHECK (("notifications"."strategy_id" is null) <> ("notifications"."board_id" is null));--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_kind" CHECK ("notifications"."kind" in ('mention','reply','resolved','reopened','proposal','comment','assigned','moved','due',
        'hand_off_offered','hand_off_accepted','hand_off_declined','hand_off_delivered',
        'request_received','request_accepted','request_declined'));