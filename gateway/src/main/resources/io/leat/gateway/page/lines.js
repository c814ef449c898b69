// Reads an answer of JSON Lines as it comes.
import { headers, Problem } from "./api.js";

/** After so many bytes at once more are there already. */
const LARGE = 16_384;

/**
 * Calls `take(lines)` with what has come, until the answer ends or is aborted.
 * @param pause gives how many milliseconds to wait before more is read: few large pieces cost less than many small ones
 * @throws Problem if it is refused
 */
export async function readLines(path, signal, take, pause = () => 0) {
  let answer;
  try {
    answer = await fetch(path, { signal, cache: "no-store", headers: headers({ Accept: "application/x-ndjson" }) });
  } catch (cause) {
    if (cause.name === "AbortError") {
      throw cause;
    }
    throw new Problem(0, null, path);
  }
  if (!answer.ok) {
    throw new Problem(answer.status, await answer.json().catch(() => null), path);
  }
  const reader = answer.body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) {
      return;
    }
    const text = decoder.decode(value, { stream: true });
    const end = text.lastIndexOf("\n");
    if (end < 0) {
      rest += text;
      continue;
    }
    take((rest + text.slice(0, end)).split("\n"));
    rest = text.slice(end + 1);
    const millis = pause();
    if (millis > 0 && value.length < LARGE) {
      await new Promise((resolve) => setTimeout(resolve, millis));
    }
  }
}
