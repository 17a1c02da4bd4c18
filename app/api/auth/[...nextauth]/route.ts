import { answerAuth } from '@/app/_server/auth'
import { route } from '@/app/_server/route'

export const GET = route('public', answerAuth)
export const POST = route('public', answerAuth)
