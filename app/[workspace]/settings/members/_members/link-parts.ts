import { latePart } from '@/app/_ui/late'

/** What shows a link to be copied. There is none before one has been made. */
export const linkParts = latePart(() => import('./made-link'))
