# One image for web and worker: docker run kinora (web), docker run kinora node dist/worker.mjs (worker).

FROM node:24-bookworm-slim AS build
WORKDIR /app
ENV NEXT_TELEMETRY_DISABLED=1
COPY package.json package-lock.json .npmrc ./
COPY bin/mend-postgres.mjs ./bin/
COPY packages/inngest-postgres/package.json ./packages/inngest-postgres/
COPY packages/painter/package.json ./packages/painter/
RUN npm ci --no-audit --no-fund
COPY . .
# Debian brings the ffmpeg.
RUN npm run build -- --programs \
  && rm -rf .next/standalone/node_modules/@ffmpeg-installer .next/standalone/node_modules/@ffprobe-installer

FROM node:24-bookworm-slim
RUN apt-get update \
  && apt-get install -y --no-install-recommends ffmpeg tini \
  # Drivers for graphics cards, which nothing here loads: 160 MB.
  && rm -rf /var/lib/apt/lists/* /usr/lib/*/dri /usr/lib/*/libLLVM-* /usr/lib/*/libz3.so*
WORKDIR /app
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1 HOST=0.0.0.0 HOSTNAME=0.0.0.0 PORT=3000 \
  KINORA_HOME=/data MALLOC_ARENA_MAX=2 INNGEST_CONNECT_ISOLATE_EXECUTION=false
RUN mkdir /data && chown node:node /data

# The web server with what it was traced to need, and what browsers load.
COPY --from=build --chown=node:node /app/.next/standalone ./
# Worker, migrate and doctor; what has native parts or files of its own stays a package.
COPY --from=build --chown=node:node /app/dist ./dist
COPY --from=build --chown=node:node /app/drizzle/migrations ./drizzle/migrations
COPY --from=build --chown=node:node /app/node_modules/sharp ./node_modules/sharp
COPY --from=build --chown=node:node /app/node_modules/@img ./node_modules/@img
COPY --from=build --chown=node:node /app/node_modules/detect-libc ./node_modules/detect-libc
COPY --from=build --chown=node:node /app/node_modules/semver ./node_modules/semver
COPY --from=build --chown=node:node /app/node_modules/@resvg ./node_modules/@resvg
COPY --from=build --chown=node:node /app/node_modules/@expo-google-fonts/inter ./node_modules/@expo-google-fonts/inter

USER node
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=15s --timeout=10s --start-period=30s --retries=4 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["tini", "--"]
CMD ["node", "--max-semi-space-size=1", "server.js"]
