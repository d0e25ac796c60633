import { describe, expect, it } from "vitest";
import { signWebhook } from "@/tests/contract";
import { openContract } from "@/tests/contract/harness";

const contract = openContract();
const verify = async () => (await import("./webhook")).verifyReplicateWebhook;

/** The example of the scheme's own documentation. */
const VECTOR = {
  secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
  body: '{"test": 2432232314}',
  now: new Date(1_614_265_330_000),
  headers: {
    "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
    "webhook-timestamp": "1614265330",
    "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
  },
};

const BODY = JSON.stringify({ id: "abc", status: "succeeded", output: null, error: null });

describe("a webhook of Replicate", () => {
  it("is verified by the documented example, whose body is then found to be no prediction", async () => {
    const { secret, now, headers, body } = VECTOR;
    const verifying = (await verify())(new Headers(headers), body, { secret, now });
    await expect(verifying).rejects.toMatchObject({ code: "bad_input" });
  });

  it("tells its delivery and its prediction", async () => {
    const headers = new Headers(signWebhook({ id: "msg_1", body: BODY }));
    expect(await (await verify())(headers, BODY)).toEqual({
      deliveryId: "msg_1",
      predictionId: "abc",
      status: "succeeded",
    });
  });

  it("may carry several signatures, one of which fits", async () => {
    const signed = signWebhook({ id: "msg_2", body: BODY });
    const several = `v1,${"A".repeat(43)}= v2,abc ${signed["webhook-signature"]}`;
    const headers = new Headers({ ...signed, "webhook-signature": several });
    expect((await (await verify())(headers, BODY)).deliveryId).toBe("msg_2");
  });

  it.each([
    ["forged", () => signWebhook({ id: "m", body: BODY, manner: "forged" })],
    ["an hour old", () => signWebhook({ id: "m", body: BODY, manner: "stale" })],
    [
      "from the future",
      () => ({ ...signWebhook({ id: "m", body: BODY }), "webhook-timestamp": "99999999999" }),
    ],
    ["without a time", () => ({ ...signWebhook({ id: "m", body: BODY }), "webhook-timestamp": "soon" })],
    ["without a signature", () => ({ "webhook-id": "m", "webhook-timestamp": "1" })],
    [
      "with an empty signature",
      () => ({ ...signWebhook({ id: "m", body: BODY }), "webhook-signature": "v1," }),
    ],
    ["of another version", () => swap(signWebhook({ id: "m", body: BODY }), "v1,", "v1a,")],
    ["about another body", () => signWebhook({ id: "m", body: "{}" })],
    ["under another id", () => ({ ...signWebhook({ id: "m", body: BODY }), "webhook-id": "n" })],
  ])("%s is not accepted", async (_name, headers) => {
    const verifying = (await verify())(new Headers(headers()), BODY);
    await expect(verifying).rejects.toMatchObject({ code: "forbidden", status: 403 });
  });

  it("is checked with the secret that Replicate tells, when none is set here", async () => {
    const { callReplicate } = await import("./api");
    const secret = await callReplicate({ signal: AbortSignal.timeout(5000) }, (client) =>
      client.webhooks.default.secret.get(),
    );
    expect(secret).toEqual({ key: contract.server.env.REPLICATE_WEBHOOK_SECRET });
  });
});

function swap(headers: Record<string, string>, from: string, to: string): Record<string, string> {
  const signature = headers["webhook-signature"] ?? "";
  return { ...headers, "webhook-signature": signature.replace(from, to) };
}
