/** The report in a real browser: both themes, a telephone and a desk, and on paper. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { howToInstall, launchChromium } from './testing/chromium.ts';
import { contrast } from './testing/contrast.ts';
import { fullFacts, hostileFacts, priorFacts } from './testing/synthetic-facts.ts';
import { writeTrainingReport } from './training-page.ts';

let browser: Browser | undefined;
before(async () => {
  browser = await launchChromium();
});
after(async () => {
  await browser?.close();
});

const pages = {
  'a usual run': fullFacts,
  'a run without a signal': priorFacts,
  'hostile names': hostileFacts,
};

interface Opened {
  readonly page: Page;
  readonly complaints: readonly string[];
}

async function open(html: string, width: number, colorScheme: 'light' | 'dark'): Promise<Opened> {
  const page = await browser!.newPage({ viewport: { width, height: 900 }, colorScheme });
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('request', (request) => {
    if (!request.url().startsWith('data:')) complaints.push(`asked for ${request.url()}`);
  });
  page.on('dialog', (dialog) => {
    complaints.push('a dialog opened');
    void dialog.dismiss();
  });
  await page.goto(`data:text/html;base64,${Buffer.from(html).toString('base64')}`);
  return { page, complaints };
}

for (const [what, factsOf] of Object.entries(pages)) {
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const width of [360, 390, 1280]) {
      test(`report of ${what}, ${colorScheme}, ${width} px: no complaint, no sideways scroll, pictures seen, text readable`, async (t) => {
        if (!browser) return t.skip(`no Chromium: ${howToInstall}`);
        const { page, complaints } = await open(await writeTrainingReport(factsOf()), width, colorScheme);
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width);
        const pictures = await page
          .locator('figure > svg')
          .evaluateAll((all) => all.map((svg) => svg.getBoundingClientRect().toJSON()));
        assert.ok(pictures.length >= 4);
        for (const { width: wide, height } of pictures) {
          assert.ok(wide > 240 && wide <= 500.5 && height > 50, `${wide} x ${height}`);
        }
        for (const { words, colour, ground, size } of await page.evaluate(readTexts)) {
          const found = contrast(colour, ground);
          assert.ok(found >= (size >= 24 ? 3 : 4.5), `${words}: ${colour} on ${ground}, ${found.toFixed(2)}`);
        }
        assert.deepEqual(complaints, []);
        await page.close();
      });
    }
  }
}

test('report: the three buttons overrule the system, and a data-theme does', async (t) => {
  if (!browser) return t.skip(`no Chromium: ${howToInstall}`);
  const { page } = await open(await writeTrainingReport(fullFacts()), 1280, 'dark');
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const line = () =>
    page.evaluate(
      () => getComputedStyle(document.querySelector('figure path[stroke="var(--accent)"]')!).stroke,
    );
  assert.deepEqual([await ground(), await line()], ['rgb(14, 19, 24)', 'rgb(120, 171, 245)']);
  await page.getByText('Light', { exact: true }).click();
  assert.deepEqual([await ground(), await line()], ['rgb(245, 246, 248)', 'rgb(31, 95, 191)']);
  await page.getByText('Dark', { exact: true }).click();
  assert.equal(await ground(), 'rgb(14, 19, 24)');
  await page.getByText('Auto', { exact: true }).click();
  await page.evaluate(() => document.documentElement.setAttribute('data-theme', 'light'));
  assert.equal(await ground(), 'rgb(245, 246, 248)');
  await page.close();
});

test('report: words of a chart stay inside it and do not lie on each other', async (t) => {
  if (!browser) return t.skip(`no Chromium: ${howToInstall}`);
  const { page } = await open(await writeTrainingReport(fullFacts()), 1280, 'light');
  const found = await page.locator('figure > svg, .picture > svg').evaluateAll((all) =>
    all.map((svg) => ({
      chart: svg.getAttribute('aria-label')!.slice(0, 20),
      box: svg.getBoundingClientRect().toJSON() as DOMRect,
      texts: [...svg.querySelectorAll('text')].map((text) => ({
        words: text.textContent,
        box: text.getBoundingClientRect().toJSON() as DOMRect,
      })),
    })),
  );
  for (const { chart, box, texts } of found) {
    for (const [i, text] of texts.entries()) {
      const isInside = text.box.left >= box.left - 1 && text.box.right <= box.right + 1;
      assert.ok(isInside, `${chart}: ${text.words} is cut`);
      for (const other of texts.slice(i + 1)) {
        const across = Math.min(text.box.right, other.box.right) - Math.max(text.box.left, other.box.left);
        const down = Math.min(text.box.bottom, other.box.bottom) - Math.max(text.box.top, other.box.top);
        assert.ok(across <= 1 || down <= 3, `${chart}: ${text.words} lies on ${other.words}`);
      }
    }
  }
  await page.close();
});

test('report: paper is light even where the screen is dark, without buttons and contents', async (t) => {
  if (!browser) return t.skip(`no Chromium: ${howToInstall}`);
  const { page } = await open(await writeTrainingReport(fullFacts()), 1280, 'dark');
  await page.emulateMedia({ media: 'print' });
  const seen = await page.evaluate(() => ({
    ink: getComputedStyle(document.body).color,
    card: getComputedStyle(document.querySelector('.card')!).backgroundColor,
    toc: getComputedStyle(document.querySelector('.toc')!).display,
    theme: getComputedStyle(document.querySelector('.theme')!).display,
  }));
  assert.deepEqual(seen, { ink: 'rgb(23, 32, 43)', card: 'rgb(255, 255, 255)', toc: 'none', theme: 'none' });
  const paper = await page.pdf({ format: 'A4', printBackground: true });
  assert.equal(paper.subarray(0, 5).toString(), '%PDF-');
  await page.close();
});

/** Runs in the page: each shown text outside pictures with its colour, size and the nearest ground behind it. */
function readTexts(): { words: string; colour: string; ground: string; size: number }[] {
  const groundOf = (element: Element): string => {
    for (let at: Element | null = element; at; at = at.parentElement) {
      const { backgroundColor } = getComputedStyle(at);
      if (backgroundColor !== 'rgba(0, 0, 0, 0)') return backgroundColor;
    }
    return 'rgb(255, 255, 255)';
  };
  return [...document.querySelectorAll('body *')]
    .filter(
      (element) =>
        !element.closest('svg, .skip, .hidden') &&
        [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim()),
    )
    .map((element) => {
      const { color, fontSize } = getComputedStyle(element);
      return {
        words: element.textContent.trim().slice(0, 40),
        colour: color,
        ground: groundOf(element),
        size: Number.parseFloat(fontSize),
      };
    });
}
