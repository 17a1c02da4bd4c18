import type { Db } from '../database'
import { activityReader, activityWriter } from './activities'
import { boardReader, boardWriter } from './boards'
import { cycleReader, cycleWriter } from './cycles'
import { departmentReader, departmentWriter } from './departments'
import { documentReader, documentWriter } from './documents'
import { fileReader, fileWriter } from './files'
import { feedReader, feedWriter, impactReader, impactWriter, riskReader, riskWriter } from './impacts'
import { invitationReader, invitationWriter } from './invitations'
import { mailedLinkReader, mailedLinkWriter } from './mailed-links'
import { measureReader, measureWriter } from './measures'
import { memberReader, memberWriter } from './members'
import { notificationReader, notificationWriter } from './notifications'
import { proposalReader, proposalWriter } from './proposals'
import { rateLimitWriter } from './rate-limits'
import { reminderReader, reminderWriter } from './reminders'
import { reviewReader, reviewWriter } from './reviews'
import { savedFilterReader, savedFilterWriter } from './saved-filters'
import { sessionReader, sessionWriter } from './sessions'
import { shareReader, shareWriter } from './shares'
import { signOffReader, signOffWriter } from './sign-offs'
import { strategyReader, strategyWriter } from './strategies'
import { strategyItemReader, strategyItemWriter } from './strategy-items'
import { threadReader, threadWriter } from './threads'
import { userReader, userWriter } from './users'
import { versionReader, versionWriter } from './versions'
import { workspaceReader, workspaceWriter } from './workspaces'

/** What a query may ask. A reader and a writer are different types, so a query cannot write. */
export function reader(db: Db) {
  return {
    users: userReader(db),
    sessions: sessionReader(db),
    mailedLinks: mailedLinkReader(db),
    workspaces: workspaceReader(db),
    members: memberReader(db),
    invitations: invitationReader(db),
    departments: departmentReader(db),
    strategies: strategyReader(db),
    shares: shareReader(db),
    strategyItems: strategyItemReader(db),
    documents: documentReader(db),
    files: fileReader(db),
    versions: versionReader(db),
    threads: threadReader(db),
    notifications: notificationReader(db),
    proposals: proposalReader(db),
    signOffs: signOffReader(db),
    boards: boardReader(db),
    activities: activityReader(db),
    measures: measureReader(db),
    savedFilters: savedFilterReader(db),
    cycles: cycleReader(db),
    impacts: impactReader(db),
    risks: riskReader(db),
    reviews: reviewReader(db),
    feeds: feedReader(db),
    reminders: reminderReader(db),
  }
}

/** What a command may do inside its transaction. */
export function writer(db: Db) {
  return {
    users: userWriter(db),
    sessions: sessionWriter(db),
    mailedLinks: mailedLinkWriter(db),
    rateLimits: rateLimitWriter(db),
    workspaces: workspaceWriter(db),
    members: memberWriter(db),
    invitations: invitationWriter(db),
    departments: departmentWriter(db),
    strategies: strategyWriter(db),
    shares: shareWriter(db),
    strategyItems: strategyItemWriter(db),
    documents: documentWriter(db),
    files: fileWriter(db),
    versions: versionWriter(db),
    threads: threadWriter(db),
    notifications: notificationWriter(db),
    proposals: proposalWriter(db),
    signOffs: signOffWriter(db),
    boards: boardWriter(db),
    activities: activityWriter(db),
    measures: measureWriter(db),
    savedFilters: savedFilterWriter(db),
    cycles: cycleWriter(db),
    impacts: impactWriter(db),
    risks: riskWriter(db),
    reviews: reviewWriter(db),
    feeds: feedWriter(db),
    reminders: reminderWriter(db),
  }
}

export type Reader = ReturnType<typeof reader>
export type Writer = ReturnType<typeof writer>
