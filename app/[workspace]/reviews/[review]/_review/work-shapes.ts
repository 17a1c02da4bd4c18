import type { ActivityResult } from '@/lib/domain/review-result'

/** The mark of what became of an activity. */
export const workShapes: Readonly<Record<ActivityResult['outcome'], 'good' | 'risk' | 'off'>> = {
  done: 'good',
  unfinished: 'risk',
  stopped: 'off',
}
