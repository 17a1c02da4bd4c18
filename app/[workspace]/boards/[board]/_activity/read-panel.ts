import 'server-only'
import { readZone } from '@/app/_server/appearance'
import type { Context } from '@/lib/commands/context'
import { activityPanel, describeActivity } from '@/lib/queries/activity'
import { type PanelData, panelData } from './panel-data'

/** The panel of one activity for a page or a route; null: not there, or not theirs to see. */
export async function readPanel(
  context: Context,
  activityId: string,
  described: boolean,
): Promise<PanelData | null> {
  const zone = await readZone()
  const panel = await activityPanel(context, activityId, zone)
  if (!panel) return null
  const description = described ? await describeActivity(context, panel.activity) : null
  return panelData(panel, { description, zone, readAt: context.clock.now() })
}
