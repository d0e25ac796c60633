import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

/** Somebody with an account at the identity server. */
export type Person = { id: number; name: string; email: string; verified: boolean };
/** What it may do wrong. */
export type Lie = "other key" | "other nonce" | "other audience" | "other issuer";

export const CLIENT = { id: "kinora", secret: "the secret of kinora" };

type Asked = Record<string, string>;
type Answer = { status?: number; location?: string; json?: unknown; html?: string };
type Grant = { asked: Asked; person: Person };

/**
 * An identity server that speaks OpenID Connect, and GitHub's dialect of OAuth as an Enterprise Server does. It is as
 * strict as the real ones: registered callbacks only, every parameter of the code flow, codes that work once, PKCE.
 */
export class IdentityServer {
  people: Person[] = [];
  lie: Lie | null = null;
  /** Leaves name and e-mail out of the ID token: they are at the userinfo endpoint only. */
  thin = false;
  /** What it calls itself in ID tokens. */
  issuer = "";
  url = "";
  callbacks: string[] = [];
  readonly #key = generateKeyPairSync("rsa", { modulusLength: 2048 });
  readonly #codes = new Map<string, Grant>();
  readonly #tokens = new Map<string, Person>();
  readonly #server = createServer((request, response) => void this.#serve(request, response));

  async start(): Promise<this> {
    this.#server.listen(0, "127.0.0.1");
    await once(this.#server, "listening");
    this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
    this.issuer = this.url;
    return this;
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const {
      status = 200,
      location,
      json,
      html,
    } = await this.#answer(request).catch((thrown: Error) => ({
      status: 400,
      json: { error: "invalid_request", error_description: thrown.message },
      location: undefined,
      html: undefined,
    }));
    response.setHeader("content-type", html === undefined ? "application/json" : "text/html; charset=utf-8");
    if (location) response.setHeader("location", location);
    response.writeHead(status).end(html ?? JSON.stringify(json ?? null));
  }

  async #answer(request: IncomingMessage): Promise<Answer> {
    const url = new URL(request.url ?? "/", this.url);
    const asked = Object.fromEntries(url.searchParams);
    switch (`${request.method} ${url.pathname}`) {
      case "GET /.well-known/openid-configuration":
        return { json: this.#configuration() };
      case "GET /jwks":
        return {
          json: { keys: [{ ...this.#key.publicKey.export({ format: "jwk" }), kid: "1", use: "sig" }] },
        };
      case "GET /authorize":
        return this.#choose(asked, ["state", "nonce", "code_challenge"], "openid");
      case "GET /login/oauth/authorize":
        return this.#choose(asked, ["state"], "user:email");
      case "GET /choose":
        return this.#grant(asked);
      case "POST /token":
        return { json: this.#exchange(request, await readForm(request), true) };
      case "POST /login/oauth/access_token":
        return { json: this.#exchange(request, await readForm(request), false) };
      case "GET /userinfo":
        return { json: this.#claims(this.#bearer(request)) };
      case "GET /api/v3/user":
        return { json: { ...this.#bearer(request), login: "somebody", email: "public@example.com" } };
      case "GET /api/v3/user/emails":
        return { json: this.#listEmails(this.#bearer(request)) };
      default:
        return { status: 404 };
    }
  }

  #configuration() {
    return {
      issuer: this.issuer,
      authorization_endpoint: `${this.url}/authorize`,
      token_endpoint: `${this.url}/token`,
      userinfo_endpoint: `${this.url}/userinfo`,
      jwks_uri: `${this.url}/jwks`,
      response_types_supported: ["code"],
      subject_types_supported: ["public"],
      id_token_signing_alg_values_supported: ["RS256"],
      code_challenge_methods_supported: ["S256"],
    };
  }

  /** The page where people say who they are. */
  #choose(asked: Asked, needed: string[], scope: string): Answer {
    require(asked.client_id === CLIENT.id, "client_id");
    require(this.callbacks.includes(asked.redirect_uri ?? ""), "redirect_uri");
    require(asked.response_type === "code", "response_type");
    require(asked.scope?.split(" ").includes(scope) ?? false, "scope");
    for (const name of needed) require((asked[name] ?? "").length >= 16, name);
    if (asked.code_challenge) require(asked.code_challenge_method === "S256", "code_challenge_method");
    const links = this.people.map(({ id, name }) => {
      const query = new URLSearchParams({ ...asked, person: String(id) });
      return `<li><a href="/choose?${query.toString().replaceAll("&", "&amp;")}">${name}</a></li>`;
    });
    return { html: `<!doctype html><title>Who are you?</title><ul>${links.join("")}</ul>` };
  }

  #grant({ person: id, ...asked }: Asked): Answer {
    const person = this.people.find((one) => String(one.id) === id);
    if (!person) throw new Error("person");
    const code = randomBytes(16).toString("hex");
    this.#codes.set(code, { asked, person });
    const back = new URL(asked.redirect_uri ?? "");
    back.search = new URLSearchParams({ code, state: asked.state ?? "" }).toString();
    return { status: 302, location: back.href };
  }

  #exchange(request: IncomingMessage, form: Asked, openId: boolean) {
    const basic = `${encodeURIComponent(CLIENT.id)}:${encodeURIComponent(CLIENT.secret).replaceAll("%20", "+")}`;
    const header = `Basic ${Buffer.from(basic).toString("base64")}`;
    require(request.headers.authorization === header, "the client's secret");
    require(form.grant_type === "authorization_code", "grant_type");
    const grant = this.#codes.get(form.code ?? "");
    this.#codes.delete(form.code ?? "");
    if (!grant) throw new Error("code");
    const { asked, person } = grant;
    require(form.redirect_uri === asked.redirect_uri, "redirect_uri");
    if (asked.code_challenge) {
      const challenge = createHash("sha256")
        .update(form.code_verifier ?? "")
        .digest("base64url");
      require(challenge === asked.code_challenge, "code_verifier");
    }
    const token = randomBytes(16).toString("hex");
    this.#tokens.set(token, person);
    const id = openId ? { id_token: this.#idToken(person, asked.nonce) } : {};
    return { access_token: token, token_type: "bearer", scope: asked.scope, ...id };
  }

  #idToken(person: Person, nonce: string | undefined): string {
    const now = Math.floor(Date.now() / 1000);
    const claims = {
      ...(this.thin ? { sub: String(person.id) } : this.#claims(person)),
      iss: this.lie === "other issuer" ? "https://other.example" : this.issuer,
      aud: this.lie === "other audience" ? "another client" : CLIENT.id,
      nonce: this.lie === "other nonce" ? "another nonce" : nonce,
      ...{ iat: now, exp: now + 300 },
    };
    const other = () => generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
    return signToken(claims, this.lie === "other key" ? other() : this.#key.privateKey);
  }

  #claims({ id, name, email, verified }: Person) {
    return { sub: String(id), name, email, email_verified: verified };
  }

  #listEmails({ email, verified }: Person) {
    const other = { email: "other@example.com", primary: false, verified: true };
    return [other, { email, primary: true, verified }];
  }

  #bearer(request: IncomingMessage): Person {
    const person = this.#tokens.get(/^Bearer (\w+)$/i.exec(request.headers.authorization ?? "")?.[1] ?? "");
    if (!person) throw new Error("access token");
    return person;
  }
}

function signToken(claims: object, key: KeyObject): string {
  const part = (json: object) => Buffer.from(JSON.stringify(json)).toString("base64url");
  const signed = `${part({ alg: "RS256", kid: "1", typ: "JWT" })}.${part(claims)}`;
  return `${signed}.${sign("sha256", Buffer.from(signed), key).toString("base64url")}`;
}

async function readForm(request: IncomingMessage): Promise<Asked> {
  return Object.fromEntries(new URLSearchParams(await text(request)));
}

function require(right: boolean, what: string): void {
  if (!right) throw new Error(`${what} is missing or wrong`);
}
