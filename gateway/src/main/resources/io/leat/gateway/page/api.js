// Asks the gateway. Problems are values with a sentence for people and the command that helps.

let key = "";

export function useKey(given) {
  key = given ?? "";
}

export class Problem extends Error {
  constructor(status, body, path) {
    super(body?.title ?? `HTTP ${status}`);
    this.status = status;
    this.code = body?.code ?? "";
    this.detail = body?.detail ?? "";
    this.sentence = sentence(this, path);
  }
}

function sentence(problem, path) {
  if (problem.status === 0) {
    return "The gateway does not answer. Start it with `leat run` or `leat gateway`.";
  }
  const said = `${problem.message}${problem.detail ? `: ${problem.detail}` : "."} ${problem.code}`.trim();
  switch (problem.status) {
    case 401:
      return "This gateway asks for an API key. Make one with `leat keys create`.";
    case 403:
      return `${said}. Make a key with the scope: \`leat keys create NAME ${path.split("/")[3] ?? "FEED"}:manage\`.`;
    case 503:
      return `${said}. \`leat doctor\` and /readyz say what is missing.`;
    default:
      return said;
  }
}

/** Headers of a request, with the key if there is one. */
export function headers(more) {
  return key ? { Authorization: `Bearer ${key}`, ...more } : { ...more };
}

/** Asks, and gives the body as JSON; null for none. */
export async function ask(path, { method = "GET", body, signal } = {}) {
  let answer;
  try {
    answer = await fetch(path, {
      method,
      signal,
      cache: "no-store",
      headers: headers(body === undefined ? {} : { "Content-Type": "application/json" }),
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch (cause) {
    if (cause.name === "AbortError") {
      throw cause;
    }
    throw new Problem(0, null, path);
  }
  const text = await answer.text();
  let json = null;
  try {
    json = text ? JSON.parse(text) : null;
  } catch {
    json = null;
  }
  if (!answer.ok) {
    throw new Problem(answer.status, json, path);
  }
  return json;
}

export const of = (feed, rest) => `/v1/feeds/${encodeURIComponent(feed)}/${rest}`;
export const post = (path, body) => ask(path, { method: "POST", body });
