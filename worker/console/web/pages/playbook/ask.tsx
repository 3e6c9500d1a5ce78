import Button from 'antd/es/button'
import { type ReactNode, useEffect, useId, useRef } from 'react'

/** A question that has to be answered before anything is done. The browser's own dialog: keys and focus stay in it. */
export const Ask = ({
  isOpen,
  title,
  yes,
  no,
  isBusy = false,
  onYes,
  onNo,
  children,
}: {
  isOpen: boolean
  title: string
  yes: string
  no: string
  isBusy?: boolean
  onYes: () => void
  onNo: () => void
  children?: ReactNode
}): ReactNode => {
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  useEffect(() => {
    if (isOpen) dialog.current?.showModal()
    else dialog.current?.close()
  }, [isOpen])
  return (
    <dialog
      ref={dialog}
      className="ask"
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault()
        onNo()
      }}
    >
      <div className="stack">
        <h2 id={id}>{title}</h2>
        {isOpen && children}
        <div className="row end">
          <Button onClick={onNo}>{no}</Button>
          <Button type="primary" loading={isBusy} onClick={onYes}>
            {yes}
          </Button>
        </div>
      </div>
    </dialog>
  )
}
