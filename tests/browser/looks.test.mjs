// Every page: readable by everyone, on a desk and on a phone, by day and by night.
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { Centre } from './centre.mjs';

let centre;
test.beforeAll(async () => { centre = await Centre.open(); });
test.afterAll(async () => { await centre.close(); });

const pages = ['/', '/plans', '/plans/2017', '/cohorts', '/statements/2017?as_of=2017-06-16',
  '/figures?measure=learners_started&programme=new-members&year=2017&as_of=2017-06-16', '/imports', '/units',
  '/accounts', '/account', '/audit', '/search?q=dang', '/people', '/people/new', '/programmes', '/calls', '/needs',
  '/duplicates', '/delegations', '/timetable?on=2017-06-15', '/timetable?view=year&on=2017-06-15', '/rooms',
  '/lecturers', '/follow-ups', '/certificates', '/certificates/series', '/notices', '/check',
  '/attendance-rules', '/dossier-items', '/dossier-items/survey', '/cost-kinds'];
// And the first that a list leads to.
const firstOf = [
  ['/cohorts', 'main table a[href^="/cohorts/"]'],
  ['/people?q=nguyen', 'main table a[href^="/people/"]'],
  ['/programmes', 'main table a[href^="/programmes/"]'],
  ['/calls', 'main table a[href$="/call"]'],
  ['/units', 'main table a[href^="/units/"]'],
];
// And the pages of the first programme.
const ofProgramme = ['/rules', '/versions/new', '/versions/1', '/comparison?before=1&after=1'];
// And those of a cohort that has all of them, and of a delegation.
const ofCohort = ['', '/timetable', '/attendance', '/assessment', '/certificates', '/survey', '/field-trips',
  '/dossier', '/description'];
const screens = [
  { name: 'desk', width: 1440, height: 900 },
  { name: 'phone', width: 390, height: 844 },
];

for (const screen of screens)
  for (const theme of ['light', 'dark'])
    test(`${screen.name}, ${theme}: no fault of accessibility, nothing wider than the screen`, async ({ browser }) => {
      test.setTimeout(300_000);
      const viewport = { width: screen.width, height: screen.height };
      const context = await browser.newContext({ viewport, colorScheme: theme });
      const page = await context.newPage();
      const faults = [];
      page.on('console', (message) => {
        if (message.type() === 'error') faults.push(`${page.url()}: ${message.text()}`);
      });
      page.on('pageerror', (error) => faults.push(`${page.url()}: ${error}`));
      await centre.signIn(page, 'admin');
      const first = [];
      for (const [list, link] of firstOf) {
        await page.goto(centre.address + list);
        first.push(await page.locator(link).first().getAttribute('href'));
      }
      const programme = first.find((path) => path.startsWith('/programmes/')).split('?')[0];
      const pageOf = async (code) => {
        await page.goto(`${centre.address}/cohorts?q=${code}`);
        return (await page.locator('main table a[href^="/cohorts/"]').first().getAttribute('href')).split('?')[0];
      };
      const cohort = await pageOf('BTCB'), delegation = await pageOf('NB-2017');
      const about = [...ofCohort.map((page) => cohort + page), `${delegation}/delegation`];
      for (const path of [...pages, ...first, ...about, ...ofProgramme.map((page) => programme + page)]) {
        const answer = await page.goto(centre.address + path);
        expect(answer.status(), path).toBe(200);
        await expect(page.locator('h1')).toHaveCount(1);
        const found = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']).analyze();
        expect(found.violations.map((one) => `${path}: ${one.id} ${one.nodes[0].html}`)).toEqual([]);
        const overflow = await page.evaluate(() => {
          const { scrollWidth, clientWidth } = document.documentElement;
          return scrollWidth - clientWidth;
        });
        expect(overflow, `${path} is wider than the screen`).toBeLessThanOrEqual(0);
      }
      expect(faults).toEqual([]);
      await context.close();
    });

test('both languages, chosen on the page', async ({ page }) => {
  await centre.signIn(page, 'giamdoc');
  await page.goto(`${centre.address}/statements/2017?as_of=2017-06-16`);
  await expect(page.locator('html')).toHaveAttribute('lang', 'vi');
  await expect(page.locator('main')).toContainText('73,6 %');
  await page.getByRole('link', { name: 'English' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(page.locator('main')).toContainText('73.6%');
});
