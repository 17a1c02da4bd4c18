import { latePart } from '@/app/_ui/late'

/** What one needs as soon as the caret is in the text, and not before: menus over it, and the find bar. */
export const workTools = latePart(() => import('./work-tools-parts').then((module) => module.parts))
