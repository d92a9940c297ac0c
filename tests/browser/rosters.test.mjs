// Needs by workbook, a waiver for one cohort on its way from the nomination to the person's page, and an
// import taken back. Each page is looked at by axe.
import { expect, test } from '@playwright/test';
import AxeBuilder from '@axe-core/playwright';
import { Centre } from './centre.mjs';

const clean = async (page) => expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('a unit answers by workbook and looks at it before it is sent', async ({ page }) => {
    const centre = await Centre.open();
    await centre.signIn(page, 'donvi');
    await page.goto(`${centre.address}/needs`);
    await page.locator('main table a').first().click();
    await page.getByRole('link', { name: 'Đảng bộ Bộ Tư pháp' }).click();
    await page.locator('#form summary').click();
    const buffer = Buffer.from('Mã chương trình,Số người\nnew-members,25\nparty-awareness,ba\n');
    await page.locator('#file').setInputFiles({ name: 'nhu-cau.csv', mimeType: 'text/csv', buffer });
    await page.locator('#form button').click();
    await expect(page.locator('main')).toContainText('Chưa ghi gì vào sổ.');
    await expect(page.locator('main')).toContainText('“ba” không phải là số người.');
    await expect(page.locator('#learners-new-members')).toHaveValue('25');
    await expect(page.locator('.timeline')).toHaveCount(0);
    await page.getByRole('button', { name: 'Gửi nhu cầu' }).click();
    await expect(page.locator('.timeline')).toContainText('25');
    await centre.close();
  });
});

test('a waiver for one cohort is granted from the nomination and withdrawn on the person\'s page', async ({ page }) => {
  const centre = await Centre.open();
  await centre.signIn(page, 'daotao');
  await page.goto(`${centre.address}/calls`);
  await page.locator('main table a').first().click();
  await page.locator('#nominations tbody a').first().click();
  await page.getByRole('link', { name: 'Miễn một quy tắc' }).first().click();
  await clean(page);
  await page.locator('#reason').fill('Đang chờ hồ sơ');
  await page.locator('#document_number').fill('15-CV/ĐU');
  await page.getByRole('button', { name: 'Miễn một quy tắc' }).click();
  await expect(page.locator('main')).toContainText('Được miễn');
  const name = (await page.locator('h1').innerText()).split('\n')[0].split(' ').slice(0, 3).join(' ');
  await page.goto(`${centre.address}/people?q=${encodeURIComponent(name)}`);
  await page.locator('main tbody a').first().click();
  await expect(page.locator('main')).toContainText('cho lớp DVM-08/2017');
  await clean(page);
  await page.getByText('Rút lại việc miễn').first().click();
  await page.locator('form[action$="/withdrawal"] input[name=reason]').fill('Cấp nhầm');
  await page.locator('form[action$="/withdrawal"] button').click();
  await expect(page.locator('main')).toContainText('đã rút lại: Cấp nhầm');
  await centre.close();
});

test('odd IDs are confirmed, the file recorded, and taken back', async ({ page }) => {
  test.setTimeout(60_000);
  const centre = await Centre.open();
  await centre.signIn(page, 'daotao');
  await page.goto(`${centre.address}/imports`);
  const buffer = Buffer.from('Họ và tên,Ngày sinh,Số CCCD\nLê Văn Cúc,01/03/1975,001076999902\n');
  await page.locator('#kind-people').check();
  await page.locator('#file').setInputFiles({ name: 'can-bo.csv', mimeType: 'text/csv', buffer });
  await page.locator('form.upload button.btn-primary').click();
  await expect(page.locator('.problem-group')).toContainText('nói “1976”', { timeout: 15_000 });
  await clean(page);
  await page.getByRole('button', { name: 'Xác nhận đúng như trên thẻ' }).click();
  await page.locator('form[action$="/recording"] button').click({ timeout: 15_000 });
  await expect(page.locator('form[action$="/undoing"]')).toHaveCount(1, { timeout: 15_000 });
  await page.goto(`${centre.address}/people?q=le+van+cuc`);
  await expect(page.locator('main tbody')).toContainText('Lê Văn Cúc');
  await page.goBack();
  await page.locator('details:has(form[action$="/undoing"]) summary').click();
  await page.locator('form[action$="/undoing"] input[name=reason]').fill('Gửi nhầm');
  await page.locator('form[action$="/undoing"] button').click();
  await page.goto(`${centre.address}/people?q=le+van+cuc`);
  await expect(page.locator('main')).not.toContainText('Lê Văn Cúc');
  await centre.close();
});
