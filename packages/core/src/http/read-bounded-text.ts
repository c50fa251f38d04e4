/**
 * Reads a response's body as UTF-8, giving up on one that is too long.
 *
 * @param maximumBytes - after decompression, so that a small answer cannot unpack into a large one
 * @returns undefined if the body is longer; the rest of it is not downloaded
 * @throws whatever the stream fails with, for example when its signal aborts
 */
export async function readBoundedText(response: Response, maximumBytes: number): Promise<string | undefined> {
  if (response.body === null) return '';
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    bytes += value.byteLength;
    if (bytes > maximumBytes) {
      await reader.cancel();
      return undefined;
    }
    text += decoder.decode(value, { stream: true });
  }
}
