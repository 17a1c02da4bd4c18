'use client'
import { useRouter } from 'next/navigation'
import { type ComponentProps, useState } from 'react'
import { SubmitForm } from '@/app/_ui/submit-form'

/** A form that says below itself that it is done, and shows the page as it is now. */
export function SaidForm<T>({
  said,
  children,
  ...rest
}: Omit<ComponentProps<typeof SubmitForm<T>>, 'done' | 'goTo'> & { said: string }) {
  const [done, setDone] = useState(false)
  const router = useRouter()
  return (
    <SubmitForm
      {...rest}
      onInput={() => setDone(false)}
      done={() => {
        setDone(true)
        router.refresh()
      }}
    >
      {children}
      <p role="status" className="quiet">
        {done ? said : ''}
      </p>
    </SubmitForm>
  )
}
