'use server'

import { z } from 'zod'
import { action } from '@/app/_server/action'
import { restoreWorkspace as restore } from '@/lib/commands/restore-workspace'

export const restoreWorkspace = action('user', z.strictObject({ workspaceId: z.string().max(40) }), restore)
