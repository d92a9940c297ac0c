// A centre for one file of tests: a fresh folder, the program serving it, and its cast.
import { spawn, execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

const program = process.env.TIENDO ?? new URL('../../build/release/tiendo', import.meta.url).pathname;
const run = promisify(execFile);

// What the whole cast signs in with, once each has chosen it by a one-time link.
export const password = 'một mật khẩu đủ dài';

export class Centre {
  // `fill` is "demo" for the demonstration year, "init" for empty books. `now` is the server's
  // clock: the half-year review.
  static async open(fill = 'demo', now = '2017-06-16T14:00:00+07:00') {
    const centre = new Centre();
    centre.folder = mkdtempSync(join(tmpdir(), 'tiendo-browser-'));
    centre.links = {};
    const made = JSON.parse(await centre.tiendo(fill, '--format', 'json'));
    for (const account of made.accounts ?? [made]) centre.links[account.account] = new URL(account.sign_in).pathname;
    centre.server = spawn(program, ['serve', '--data', centre.folder, '--listen', '127.0.0.1:0', '--now', now],
      { stdio: ['ignore', 'pipe', 'ignore'] });
    for await (const line of createInterface({ input: centre.server.stdout })) {
      const address = line.match(/http:\/\/127\.0\.0\.1:\d+/);
      if (address) { centre.address = address[0]; break; }
    }
    return centre;
  }

  async tiendo(...words) {
    return (await run(program, [...words, '--data', this.folder], { maxBuffer: 1 << 26 })).stdout;
  }

  // Signs a page's context in; the first time by the one-time link.
  async signIn(page, account) {
    if (this.links[account]) {
      await page.goto(this.address + this.links[account]);
      delete this.links[account];
      for (const field of await page.locator('input[type=password]').all()) await field.fill(password);
      await page.locator('main form button').click();
    } else {
      await page.goto(`${this.address}/sign-in`);
      await page.locator('input[name=account_name]').fill(account);
      await page.locator('input[name=password]').fill(password);
      await page.locator('main form button').click();
    }
    await page.waitForURL((url) => !url.pathname.startsWith('/sign-in') && !url.pathname.startsWith('/session'));
  }

  async close() {
    const gone = new Promise((resolve) => this.server.once('exit', resolve));
    this.server.kill('SIGTERM');
    await gone;
    rmSync(this.folder, { recursive: true, force: true });
  }
}
