/** @type {import('next').NextConfig} */
const config = {
  distDir: process.env.NEXT_DIST_DIR ?? '.next',
  reactStrictMode: true,
  // For `npm run bench -- weigh`.
  productionBrowserSourceMaps: process.env.SOURCE_MAPS === '1',
  poweredByHeader: false,
  // Types, lint and boundaries are checked by `npm test`; the build of a self-hoster should not repeat them.
  typescript: { ignoreBuildErrors: true },
  // Native or Node-only packages stay outside the bundle. The custom server shares their single instance.
  serverExternalPackages: ['@node-rs/argon2', 'postgres', 'pino', 'nodemailer', 'yjs', 'lib0', 'y-protocols'],
  // In development Next would print what server actions are called with: passwords, links, whole strategies.
  logging: { serverFunctions: false },
  // These name things the browser does not need, 10 KB of script in all; see docs/decisions.
  turbopack: {
    resolveAlias: {
      // Ten methods every browser has that the styles are written for (browserslist in package.json).
      '../build/polyfills/polyfill-module': { browser: './lib/kit/browser/nothing.ts' },
      'lib0/buffer': { browser: './lib/kit/browser/lib0-buffer.ts' },
      'lib0/environment': { browser: './lib/kit/browser/lib0-environment.ts' },
      'lib0/dom': { browser: './lib/kit/browser/lib0-dom.ts' },
      'lib0/logging': { browser: './lib/kit/browser/lib0-logging.ts' },
    },
  },
  experimental: {
    serverActions: { bodySizeLimit: '2mb' },
    // Fewer and larger scripts: each costs half a kilobyte of headers and a dictionary of its own.
    turbopackChunking: {
      firstPageLoadPriority: 0.9,
      minChunkSize: 600_000,
      requestCost: 5_000_000,
      maxMergeChunkSize: 5_000_000,
    },
  },
}

export default config
