import { redirect } from 'next/navigation'
import { lastWorkspace } from '@/app/_server/last-workspace'
import { page } from '@/app/_server/page'

/** Nobody stays here: to the workspace one was in last, or to making the first. Strangers are sent to sign in. */
export default page('user', async ({ context }) => redirect(await lastWorkspace(context)))
