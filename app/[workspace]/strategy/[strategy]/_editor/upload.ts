export interface Uploaded {
  readonly id: string
  /** Pixels. */
  readonly width: number
  readonly height: number
}

/** What went wrong, in the reader's words where the server gave some. */
export class UploadError extends Error {
  constructor(readonly said: string | null) {
    super(said ?? 'upload failed')
  }
}

/**
 * Sends a picture. XMLHttpRequest, because fetch tells nothing about the bytes on their way.
 * @param progress called with 0 to 1
 * @throws UploadError
 */
export function upload(
  url: string,
  file: File,
  progress: (part: number) => void,
  signal: AbortSignal,
): Promise<Uploaded> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', url)
    request.setRequestHeader('content-type', file.type || 'application/octet-stream')
    request.setRequestHeader('x-file-name', encodeURIComponent(file.name))
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) progress(event.loaded / event.total)
    }
    request.onload = () => {
      const answer = parse(request.responseText)
      if (request.status < 300 && isUploaded(answer)) resolve(answer)
      else reject(new UploadError(messageOf(answer)))
    }
    request.onerror = () => reject(new UploadError(null))
    request.onabort = () => reject(new UploadError(null))
    signal.addEventListener('abort', () => request.abort())
    request.send(file)
  })
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function isUploaded(value: unknown): value is Uploaded {
  return (
    typeof value === 'object' &&
    value !== null &&
    'id' in value &&
    typeof value.id === 'string' &&
    'width' in value &&
    typeof value.width === 'number' &&
    'height' in value &&
    typeof value.height === 'number'
  )
}

function messageOf(answer: unknown): string | null {
  if (typeof answer !== 'object' || answer === null || !('error' in answer)) return null
  const { error } = answer
  if (typeof error !== 'object' || error === null || !('message' in error)) return null
  return typeof error.message === 'string' ? error.message : null
}
