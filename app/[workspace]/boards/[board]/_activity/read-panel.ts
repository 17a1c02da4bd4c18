import 'server-only'
import { sentWords } from '@/app/_i18n/words'
import { readZone } from '@/app/_server/appearance'
import type { Context } from '@/lib/commands/context'
import { activityPanel, describeActivity } from '@/lib/queries/activity'
import { type PanelData, panelData } from './panel-data'

/**
 * The panel of one activity for a page or a route; null: not there, or not theirs to see. The first time with its text
 * and with the words around it.
 */
export async function readPanel(
  context: Context,
  activityId: string,
  first: boolean,
): Promise<PanelData | null> {
  const zone = await readZone()
  const panel = await activityPanel(context, activityId, zone)
  if (!panel) return null
  const description = first ? await describeActivity(context, panel.activity) : null
  const words = first ? await sentWords(['activity', 'editor.upload_*']) : null
  return panelData(panel, { description, words, zone, readAt: context.clock.now() })
}
