/** Loaded before a server: what it asks of accounts.google.com goes to GOOGLE_HERE, a stand-in on this machine. */
const http = require("node:http");
const https = require("node:https");

const send = https.request;
https.request = (target, ...rest) => {
  const url = String(target?.href ?? target);
  if (!url.startsWith("https://accounts.google.com/")) return send(target, ...rest);
  return http.request(process.env.GOOGLE_HERE + new URL(url).pathname, ...rest);
};
