import { latePart } from '@/app/_ui/late'

/** What a row opens: its menus, its name as a field, the question before it goes. Not needed before a button is pressed. */
export const lateRow = latePart(() => import('./row-parts'))
