/** What is told of a body on its way. */
export interface StreamWatcher {
  /** A chunk is waited for. */
  readonly waiting?: () => void;
  /** One has come, or the end (0 bytes). What this throws ends the body on both sides. */
  readonly moved: (bytes: number) => void;
  /** Nothing more will come: the source failed, or whoever reads has cancelled. */
  readonly broken?: () => void;
}

/** Passes a body on chunk by chunk, as fast as it is read; nothing is kept. Whoever cancels it cancels the source. */
export function passThrough(
  source: ReadableStream<Uint8Array>,
  { waiting, moved, broken }: StreamWatcher,
): ReadableStream<Uint8Array> {
  const reader = source.getReader();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          waiting?.();
          const { done, value } = await reader.read();
          moved(value?.byteLength ?? 0);
          if (done) controller.close();
          else controller.enqueue(value);
        } catch (error) {
          broken?.();
          controller.error(error);
          // The source may be what failed.
          await reader.cancel(error).catch(() => undefined);
        }
      },
      async cancel(reason) {
        broken?.();
        await reader.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
}
