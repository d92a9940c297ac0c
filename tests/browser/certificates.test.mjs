// A cohort from its opening decision to a certificate that anybody may check, as people do it.
import { expect, test } from '@playwright/test';
import AxeBuilder from '@axe-core/playwright';
import { Centre } from './centre.mjs';

test.describe('a cohort from decision to certificate', () => {
  let centre;
  test.beforeAll(async () => { centre = await Centre.open(); });
  test.afterAll(async () => { await centre.close(); });

  test('decided, looked through, certified, checked by a stranger, revoked', async ({ page, browser }) => {
    test.setTimeout(120_000);
    await centre.signIn(page, 'daotao');
    await page.goto(`${centre.address}/cohorts?q=BTCB`);
    await page.locator('main table a[href^="/cohorts/"]').first().click();
    const cohort = new URL(page.url()).pathname;

    // The opening decision, which the lists of the year did not name.
    await expect(page.locator('main')).toContainText('chưa ghi quyết định mở lớp');
    await page.locator('#decision > summary').click();
    const decision = page.locator('#decision form').first();
    await decision.locator('[name=number]').fill('15-QĐ/TTBD');
    await decision.locator('[name=dated_on]').fill('2017-05-15');
    await decision.locator('[name=signatory]').fill('Đỗ Việt Hà');
    await decision.locator('button').last().click();
    await expect(page.locator('main')).toContainText('15-QĐ/TTBD');

    // Its sessions, its attendance book, its results: one learner was there for half of the periods.
    await page.goto(`${centre.address}${cohort}/attendance`);
    await expect(page.locator('main')).toContainText('10/20');
    await page.goto(`${centre.address}${cohort}/assessment`);
    await expect(page.locator('h1')).toContainText('Đã công nhận');

    // Certificates for everybody but that one, who is told why; the papers are drawn meanwhile.
    await page.goto(`${centre.address}${cohort}/certificates`);
    await expect(page.locator('.refusals')).toHaveCount(0);
    await expect(page.locator('main')).toContainText('Không hoàn thành.');
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    await page.locator('#certificates > summary').click();
    await page.locator('#certificates [name=issued_on]').fill('2017-06-16');
    await page.locator('#certificates button').click();
    await page.goto(`${centre.address}${cohort}/certificates`);
    await expect(page.locator('.figures')).toContainText('73');
    await page.locator('main table a[href^="/certificates/"]').first().click();
    const certificate = new URL(page.url()).pathname;
    await expect(page.locator('main')).toContainText('1/2017-CTĐ');
    const code = (await page.locator('main').innerText()).match(/[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]/)[0];

    // The paper itself, as soon as it is drawn.
    await expect.poll(async () => (await page.request.get(`${centre.address}${certificate}/file`)).status(),
      { timeout: 60_000 }).toBe(200);
    const paper = await page.request.get(`${centre.address}${certificate}/file`);
    expect((await paper.body()).subarray(0, 5).toString()).toBe('%PDF-');

    // A stranger on a phone types the code.
    const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'vi-VN' });
    const stranger = await context.newPage();
    await stranger.goto(`${centre.address}/check`);
    await stranger.locator('main input[name=code]').fill(code.toLowerCase().replaceAll('-', ' '));
    await stranger.locator('main form button').first().click();
    await expect(stranger.locator('main')).toContainText('Dương Đức An');
    await expect(stranger.locator('main')).toContainText('37-QĐ/TTBDCT');
    expect((await new AxeBuilder({ page: stranger }).analyze()).violations).toEqual([]);

    // Revoked, it is told so from then on.
    await page.goto(`${centre.address}${certificate}`);
    await page.locator('#revocation > summary').click();
    const revocation = page.locator('#revocation form');
    await revocation.locator('[name=ground]').selectOption('fraud');
    await revocation.locator('[name=revoked_on]').fill('2017-06-16');
    await revocation.locator('[name=document_number]').fill('40-QĐ/TTBD');
    await revocation.locator('[name=reason]').fill('khai man lý lịch');
    await revocation.locator('button').click();
    await stranger.reload();
    await expect(stranger.locator('main')).toContainText('thu hồi');

    // The books have followed.
    const proof = JSON.parse(await centre.tiendo('verify', '--format', 'json'));
    expect(proof.balanced).toBe(true);
  });
});
