import { readPicture } from '@/app/_server/picture'
import { route } from '@/app/_server/route'

export const GET = route('user', ({ context, params }) => readPicture(context, String(params.file)))
