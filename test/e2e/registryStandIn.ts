import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { sh } from './facts';

/** Where a host of the lab finds it: Docker takes a registry without TLS at its own addresses only. */
export const registryAddress = '127.0.0.1:5000';

const forward = 'registry-forward';

/**
 * A registry (OCI distribution, the part that a pull needs) that has one image under every name, asks for a login, and notes who came. It runs in the
 * process of the test; the host hands on to it what comes to `registryAddress`.
 */
export class RegistryStandIn {
  password = '';
  /** `method path user` of each request; `nobody` without a right login. */
  readonly asked: string[] = [];
  private readonly blobs = new Map<string, { type: string; content: Buffer }>();
  private readonly server: Server = createServer((request, response) => {
    const login = Buffer.from(request.headers.authorization?.replace(/^Basic /, '') ?? '', 'base64').toString();
    const isIn = login === `reader:${this.password}`;
    this.asked.push(`${request.method ?? ''} ${request.url ?? ''} ${isIn ? 'reader' : 'nobody'}`);
    if (!isIn) {
      response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="stand-in"' }).end();
      return;
    }
    const [, reference] = /\/(?:manifests|blobs)\/(.+)$/.exec(request.url ?? '') ?? [];
    if (reference === undefined) {
      response.writeHead(200).end('{}');
      return;
    }
    const digest = reference.startsWith('sha256:') ? reference : this.manifest;
    const blob = this.blobs.get(digest);
    if (blob === undefined) {
      response.writeHead(404).end();
      return;
    }
    const headers = {
      'Content-Type': blob.type,
      'Content-Length': blob.content.length,
      'Docker-Content-Digest': digest,
    };
    response.writeHead(200, headers).end(request.method === 'HEAD' ? undefined : blob.content);
  });
  private manifest = '';

  /** @param host - the lab's host whose busybox it serves, with one file more, and on which it is reached. */
  async start(host: string): Promise<void> {
    const make =
      'docker create --name for-registry busybox >/dev/null && docker export for-registry | gzip -1 | base64 -w 0';
    const layer = Buffer.from(await sh(host, `${make}; docker rm for-registry >/dev/null`), 'base64');
    const diffId = digestOf(gunzipSync(layer));
    const config = {
      architecture: 'amd64',
      os: 'linux',
      config: { Env: ['FROM=stand-in'] },
      rootfs: { type: 'layers', diff_ids: [diffId] },
    };
    const oci = 'application/vnd.oci.image';
    this.manifest = this.put(`${oci}.manifest.v1+json`, {
      schemaVersion: 2,
      mediaType: `${oci}.manifest.v1+json`,
      config: this.descriptor(`${oci}.config.v1+json`, Buffer.from(JSON.stringify(config))),
      layers: [this.descriptor(`${oci}.layer.v1.tar+gzip`, layer)],
    });
    await new Promise<void>((done) => this.server.listen(0, '0.0.0.0', done));
    const { port } = this.server.address() as AddressInfo;
    const here = await sh(host, `set -- $SSH_CONNECTION; echo $1`);
    await sh(
      host,
      `systemd-run --quiet --collect --unit ${forward} systemd-socket-activate -l ${registryAddress} /lib/systemd/systemd-socket-proxyd ${here}:${port}`,
    );
  }

  async stop(host: string): Promise<void> {
    await sh(host, `systemctl stop ${forward} || true`);
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }

  private put(type: string, content: object): string {
    return this.descriptor(type, Buffer.from(JSON.stringify(content))).digest;
  }

  private descriptor(mediaType: string, content: Buffer): { mediaType: string; size: number; digest: string } {
    const digest = digestOf(content);
    this.blobs.set(digest, { type: mediaType, content });
    return { mediaType, size: content.length, digest };
  }
}

const digestOf = (content: Buffer) => `sha256:${createHash('sha256').update(content).digest('hex')}`;
